from dataclasses import dataclass, field
from typing import List, Optional

from flytekit import task


@dataclass
class Tree:
    name: str
    parent: Optional["Tree"] = None


@task
def grow(tree: Tree) -> Tree:
    return Tree(tree.name + "!", tree)
