"""Workflows, launch plans, map tasks, references and imperative workflows; the names are those of user_graph.txt."""

CASES = [
    # Workflows.
    "plain.name, plain.short_name, plain.__name__, plain.__doc__, plain.__module__, plain.__qualname__",
    "plain.__wrapped__ is plain.function, plain.function.__name__, plain.compiled, plain._lhs",
    "plain.python_interface.inputs_with_defaults, plain.python_interface.outputs",
    "plain.workflow_metadata, plain.workflow_metadata_defaults",
    "plain.on_failure, plain.failure_node, plain.default_options",
    "plain.workflow_metadata.to_flyte_model(), plain.workflow_metadata_defaults.to_flyte_model()",
    "plain.interface.inputs['a'].type, sorted(plain.interface.outputs)",
    "plain.construct_node_metadata()",
    "plain.local_execution_mode().name",
    "plain.get_all_tasks()",
    "plain.task_name(text)",
    "plain.load_task([])",
    "raised(plain.load_task, ['0'])",
    "plain.instantiated_in, plain.location",
    "isinstance(plain, PythonFunctionWorkflow), isinstance(plain, WorkflowBase), type(plain) is PythonFunctionWorkflow",
    "careful.workflow_metadata, careful.workflow_metadata_defaults, careful.on_failure is clean_up",
    "careful.default_options",
    "careful.python_interface.outputs, repr(careful)",
    "untyped.python_interface.inputs",
    "workflow(failure_policy='stop')(plain.function)",
    "workflow(interruptible=1)(plain.function)",
    "workflow(plain.function, interruptible=None)",
    "WorkflowMetadata(WorkflowFailurePolicy.FAIL_IMMEDIATELY) == plain.workflow_metadata",
    "WorkflowMetadata(None)",
    "WorkflowMetadataDefaults('yes')",
    "list(WorkflowFailurePolicy)",
    # Launch plans.
    "LaunchPlan.get_or_create(plain) is LaunchPlan.get_or_create(plain)",
    "p = LaunchPlan.get_or_create(plain);; p.name, p.saved_inputs, p.raw_fixed_inputs, p.schedule, p.notifications",
    "p = LaunchPlan.get_or_create(careful);; p.labels, p.annotations",
    (
        "p = LaunchPlan.get_or_create(plain, 'one', {'a': 1}, {'b': 'y'});; "
        "p.saved_inputs, p.raw_fixed_inputs, p.workflow is plain"
    ),
    "p = LaunchPlan.get_or_create(plain, 'one', {'a': 1}, {'b': 'y'});; sorted(p.fixed_inputs.literals)",
    (
        "LaunchPlan.get_or_create(plain, 'one', {'a': 1}, {'b': 'y'}) is LaunchPlan.get_or_create(plain, "
        "'one', {'a': 1}, {'b': 'y'})"
    ),
    "LaunchPlan.get_or_create(plain, 'one', {'a': 2}, {'b': 'y'})",
    "LaunchPlan.CACHE['one'].parameters",
    "p = LaunchPlan.get_or_create(plain).parameters.parameters;; p['a'], p['b']",
    "LaunchPlan.get_or_create(careful, 'one')",
    "LaunchPlan.create('one', plain)",
    "LaunchPlan.create('two', plain, schedule=CronSchedule(schedule='daily')).schedule",
    "LaunchPlan.get_or_create(plain, 'two', schedule=CronSchedule(schedule='daily')).name",
    "LaunchPlan.get_or_create(plain, 'two', schedule=FixedRate(timedelta(days=1)))",
    "LaunchPlan.get_or_create(plain, 'two')",
    "LaunchPlan.get_or_create(plain, schedule=CronSchedule(schedule='daily'))",
    "LaunchPlan.get_or_create(plain, fixed_inputs={'a': 1})",
    "LaunchPlan.get_or_create(plain, auto_activate=True).should_auto_activate",
    "LaunchPlan.get_or_create(plain, 'three', {'z': 1})",
    "LaunchPlan.get_or_create(plain, 'three', fixed_inputs={'z': 1})",
    "LaunchPlan.get_or_create(plain, 'four', auth_role=AuthRole('role', 'account')).security_context.run_as.iam_role",
    "LaunchPlan.get_or_create(plain, 'four', auth_role=AuthRole('role', 'account')).name",
    "LaunchPlan.create('five', plain, auth_role=AuthRole('role'), security_context=SecurityContext())",
    (
        "p = LaunchPlan.create('six', plain, notifications=[Email([WorkflowExecutionPhase.FAILED], ['a@b'])], "
        "labels=Labels({'a': 'b'}), max_parallelism=3, overwrite_cache=True, auto_activate=True, "
        "concurrency=ConcurrencyPolicy(2));; p.notifications, p.labels, p.max_parallelism, p.overwrite_cache, "
        "p.should_auto_activate, p.concurrency, p.trigger, p.raw_output_data_config, p.annotations"
    ),
    (
        "c = LaunchPlan.CACHE['six'].clone_with('seven', max_parallelism=9);; "
        "c.name, c.max_parallelism, c.labels, c.workflow is plain"
    ),
    "LaunchPlan.CACHE['six'].clone_with('seven', nothing=9)",
    "'seven' in LaunchPlan.CACHE, 'six' in LaunchPlan.CACHE",
    "LaunchPlan.CACHE['one'](1)",
    "LaunchPlan.CACHE['one'].python_interface.inputs, LaunchPlan.CACHE['one'].construct_node_metadata()",
    # Map tasks.
    "map_task(text).name",
    "m = map_task(text);; m.python_interface.inputs, m.python_interface.outputs, m.task_type, m.task_type_version",
    "m = map_task(text);; m.bound_inputs, m.concurrency, m.min_successes, m.min_success_ratio, m.run_all_sub_nodes",
    "m = map_task(text);; m.python_function_task is text, m.execution_mode, m.is_original_sub_node_interface",
    "m = map_task(functools.partial(measured, n=4), concurrency=3, min_successes=2);; m.name, m.bound_inputs",
    (
        "m = map_task(functools.partial(measured, n=4), min_success_ratio=0.5);; "
        "m.python_interface.inputs, m.python_interface.outputs"
    ),
    "m = map_task(measured, bound_inputs_values={'n': 1});; m.bound_inputs, m.python_interface.inputs",
    "m = map_task(measured, bound_inputs={'n'}, bound_inputs_values={'s': 1})",
    "map_task(measured).metadata.cache_version, map_task(measured, requests=Resources(cpu='9')).name",
    "map_task(functools.partial(measured, n=4)).get_command(None)",
    "old_map_task(text).get_command(None)",
    "map_task(LaunchPlan.CACHE['one']).construct_node_metadata()",
    "map_task(two)",
    "map_task(changing)",
    "map_task(Doubling())",
    "map_task(functools.partial(len))",
    "map_task(silent).python_interface.outputs",
    "isinstance(map_task(text), ArrayNodeMapTask), type(map_task(LaunchPlan.get_or_create(plain))) is ArrayNode",
    (
        "a = map_task(LaunchPlan.CACHE['one'], concurrency=2);; "
        "a.name, a.concurrency, a.min_successes, a.min_success_ratio"
    ),
    "a = map_task(LaunchPlan.CACHE['one']);; a.python_interface.inputs, a.python_interface.outputs, a.bound_inputs",
    "a = map_task(LaunchPlan.CACHE['one']);; a.data_mode, a.execution_mode, a.is_original_sub_node_interface",
    (
        "a = array_node(there_task, min_successes=2);; "
        "a.id, a.min_successes, a.min_success_ratio, a.data_mode, a.execution_mode"
    ),
    "array_node(there_plan, min_success_ratio=0.5).python_interface.outputs",
    "array_node(text)",
    (
        "m = old_map_task(text, concurrency=2);; "
        "m.name, m.task_type, m.task_type_version, m.bound_inputs, type(m) is MapPythonTask"
    ),
    "old_map_task(functools.partial(measured, n=[4]))",
    "old_map_task(two)",
    "old_map_task(1)",
    # References.
    "there_task.id, there_task.name, there_task.reference, there_task.python_interface.inputs",
    "there_workflow.id, there_workflow.name, there_workflow.reference, there_workflow.python_interface.outputs",
    "there_plan.id, there_plan.name, there_plan.reference, there_plan.python_interface.inputs",
    (
        "isinstance(there_task, ReferenceTask), isinstance(there_workflow, ReferenceWorkflow), "
        "isinstance(there_plan, ReferenceLaunchPlan)"
    ),
    (
        "isinstance(there_workflow, WorkflowBase), isinstance(there_plan, LaunchPlan), "
        "isinstance(there_task, ReferenceEntity)"
    ),
    "there_task.construct_node_metadata(), there_plan.construct_node_metadata()",
    "there_task(a=1)",
    "there_workflow(1)",
    "there_plan(1, a=1)",
    "there_plan(1, 2)",
    "there_task.execute()",
    "there_task.interface.inputs['a'].type",
    "get_reference_entity(ResourceType.TASK, 'p', 'd', 'n', 'v', {'a': int}, {}).reference",
    "get_reference_entity(ResourceType.WORKFLOW, 'p', 'd', 'n', 'v', {'a': int}, {}).reference",
    (
        "get_reference_entity(ResourceType.LAUNCH_PLAN, 'p', 'd', 'n', 'v', {'a': int}, "
        "{'b': str}).python_interface.outputs"
    ),
    "get_reference_entity(7, 'p', 'd', 'n', 'v', {}, {})",
    (
        "TaskReference('p', 'd', 'n', 'v') == TaskReference('p', 'd', 'n', 'v'), TaskReference('p', 'd', "
        "'n', 'v').resource_type"
    ),
    "WorkflowReference('p', 'd', 'n', 'v').id, LaunchPlanReference('p', 'd', 'n', 'v').id",
    "ReferenceEntity('n', {}, {})",
    # Imperative workflows.
    "w = imperative();; w.name, w.short_name, w.inputs, w.nodes, w.ready(), w.workflow_metadata_defaults",
    "type(imperative()) is ImperativeWorkflow, isinstance(imperative(), WorkflowBase), Workflow is ImperativeWorkflow",
    "Workflow('w', interruptible='yes')",
    "Workflow('w', WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE, True).workflow_metadata",
    "w = imperative();; w.add_workflow_input('a', int)",
    "w = imperative();; w.add_workflow_input('a', int);; w.add_workflow_input('a', str)",
    (
        "w = imperative();; a = w.add_workflow_input('a', int);; "
        "a.var, a.is_ready, a.val, a.ref.node_id, a.ref.var, a.attr_path"
    ),
    (
        "w = imperative();; n = w.add_entity(text, a=w.add_workflow_input('a', int));; "
        "n.id, n.name, n.o0, n.outputs, w.ready()"
    ),
    (
        "w = imperative();; n = w.add_task(text, a=1);; m = w.add_task(measured, s=n.o0);; "
        "m.id, [u.id for u in m.upstream_nodes], len(w.nodes)"
    ),
    (
        "w = imperative();; n = w.add_task(text, a=1);; m = w.add_task(text, a=2);; n.runs_before(m);; "
        "[u.id for u in m.upstream_nodes]"
    ),
    (
        "w = imperative();; n = w.add_task(text, a=1);; m = w.add_task(text, a=2);; "
        "(n >> m) is m, (n >> m) is m, len(m.upstream_nodes)"
    ),
    "w = imperative();; w.add_task(named, a=1).outputs",
    "w = imperative();; w.add_task(silent).outputs",
    "w = imperative();; w.add_task(two, a=1).o1",
    "w = imperative();; w.add_task(two, a=1).o2",
    "w = imperative();; w.add_task(text)",
    "w = imperative();; w.add_task(text, b=1)",
    "w = imperative();; w.add_task(text, a=1, b=1)",
    "w = imperative();; w.add_task(text, a=(1, 2))",
    "w = imperative();; w.add_task(lists)",
    "w = imperative();; w.add_task(Doubling())",
    "w = imperative();; w.add_launch_plan(LaunchPlan.CACHE['one']).outputs",
    "w = imperative();; w.add_launch_plan(LaunchPlan.get_or_create(plain), a=1).id",
    "w = imperative();; w.add_subwf(imperative('inner')).id",
    (
        "w = imperative();; a = w.add_workflow_input('a', int);; b = w.add_workflow_input('b', int);; "
        "w.add_task(lists, a=[a]);; w.ready()"
    ),
    "w = imperative();; a = w.add_workflow_input('a', int);; w.add_task(lists, a=[a, 1]);; w.ready()",
    "w = imperative();; n = w.add_task(text, a=1);; w.add_workflow_output('o', n.o0);; w.python_interface.outputs",
    "w = imperative();; n = w.add_task(text, a=1);; w.add_workflow_output('o', [n.o0]);; 1",
    (
        "w = imperative();; n = w.add_task(text, a=1);; w.add_workflow_output('o', [n.o0], typing.List[str]);; "
        "w.python_interface.outputs"
    ),
    (
        "w = imperative();; n = w.add_task(text, a=1);; w.add_workflow_output('o', n.o0);; "
        "w.add_workflow_output('o', n.o0)"
    ),
    "w = imperative();; w.add_workflow_input('x', int);; w.add_workflow_output('o', w.inputs['x'])",
    (
        "w = imperative();; w.add_workflow_input('a', int);; n = w.add_on_failure_handler(clean_up);; "
        "n.id, w.failure_node is n, len(w.nodes)"
    ),
    "w = imperative();; w.add_workflow_input('z', int);; raised(w.add_on_failure_handler, clean_up)",
    "w = imperative();; raised(w.add_on_failure_handler, text)",
    "w = imperative();; w.create_conditional('c')",
    "GLOBAL_START_NODE.id, GLOBAL_START_NODE.upstream_nodes",
    # Nodes.
    "n = node();; n.with_overrides(node_name='My_Node.X').id",
    "n = node();; n.with_overrides(node_name='x' * 80).id",
    "n = node();; n.o0.with_overrides(node_name='abc', retries=2, timeout=3) is n.o0, n.id",
    "n = node();; n.with_overrides(requests=Resources(cpu='1'), limits=Resources(cpu='2')) is n",
    "n = node();; n.with_overrides(requests='1')",
    "n = node();; n.with_overrides(limits={'cpu': 1})",
    "n = node();; n.with_overrides(requests=Resources(cpu=('1', '2')))",
    "n = node();; n.with_overrides(resources=Resources(cpu='1'), limits=Resources())",
    "n = node();; n.with_overrides(resources=Resources(cpu=('1', '2'))) is n",
    "n = node();; n.with_overrides(aliases=['a'])",
    "n = node();; n.with_overrides(aliases={'o0': 'a'})._aliases",
    "n = node();; n.with_overrides(timeout='long')",
    "n = node();; n.with_overrides(timeout=None) is n, n.with_overrides(timeout=timedelta(1)) is n",
    "n = node();; n.with_overrides(retries=n.o0)",
    "n = node();; n.with_overrides(container_image=n.o0)",
    "n = node();; n.with_overrides(cache=True)",
    "n = node();; n.with_overrides(cache=True, cache_version='1') is n",
    "n = node();; n.with_overrides(cache=Cache(version='1'), cache_version='1')",
    "n = node();; n.with_overrides(task_config=3)",
    "n = node();; n.with_overrides(container_image='i')._container_image",
    "Node(None, None, [], [], None)",
    "Node('a', None, [], [], None).outputs",
    "Node('A_b.c', None, [], [], text).id, Node('a', None, [], [], text).flyte_entity is text",
    "Node('a', None, [], [], map_task(text)).run_entity is text",
    "create_node(text, 1)",
    "create_node(Doubling())",
    "create_node(text, a=1)",
    # Promises.
    "p = promise();; p, p.b, p[0]['c'].d, p.b.attr_path, p.attr_path",
    "p = promise();; bool(p)",
    "p = promise();; list(p)",
    "p = promise();; p & p",
    "p = promise();; p | 1",
    "p = promise();; bool(p == 1)",
    "p = promise();; bool((p == 1) & (p < 2))",
    "p = promise();; (p == 1).op, (p < 2.5).op, p.is_true().op, ((p > 1) | (p <= 3)).op",
    "p = promise();; (1 < p).lhs is p, (p != 'x').rhs.scalar.primitive.string_value",
    "p = promise();; p.is_none().rhs.scalar.none_type is not None, p.is_false().rhs.scalar.primitive.boolean",
    "p = promise();; p.eval()",
    "p = promise();; p.with_var('b'), hash(p) == hash(p)",
    "Promise('a', None), Promise('a', None).is_ready",
    "VoidPromise('t').task_name, VoidPromise('t').ref, VoidPromise('t').runs_before(1)",
    "bool(VoidPromise('t'))",
    "VoidPromise('t') == 1",
    "VoidPromise('t').with_overrides(retries=1).task_name",
    "NodeOutput(Node('a', None, [], [], None), 'b').with_attr('c').attr_path",
    # What only a workflow's body can use.
    "conditional('c')",
    "conditional_too is conditional",
    "approve(None, 'a', timedelta(1))",
    "approve(VoidPromise('t'), 'a', timedelta(1))",
]
