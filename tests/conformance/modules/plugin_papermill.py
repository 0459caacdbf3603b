import os

from flytekit import kwtypes
from flytekitplugins.papermill import NotebookTask

notebook = NotebookTask(
    name="notebook",
    notebook_path=os.path.abspath("notebook.ipynb"),
    render_deck=False,
    enable_deck=False,
    inputs=kwtypes(n=int),
    outputs=kwtypes(square=int),
)
