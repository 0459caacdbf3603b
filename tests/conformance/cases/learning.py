from tests.conformance.case import Case, of

CONFIG = "config=Config(['a', 'b'], 'target')"
CASES = of(
    "learning",
    {
        "configure": "features=['a', 'b'], penalties=[0.5]",
        "make_data": f"{CONFIG}, n=40",
        "split": Case(CONFIG, after="make_data", takes={"frame": "o0"}),
        "fit": Case(f"{CONFIG}, penalty=1.0", after="split", takes={"train": "train", "test": "test"}),
        "predict": Case(
            f"{CONFIG}, frame=pd.DataFrame({{'a': [-3.0, 3.0], 'b': [-1.0, 1.0]}})",
            after="fit",
            takes={"model": "model"},
        ),
        "best": "scores=[Score(0.1, 0.5), Score(1.0, 0.75, {'a': 1.0}), Score(2.0, 0.75)]",
        "frame_for_estimator": "n=5",
        "fit_estimator": Case(after="frame_for_estimator", takes={"frame": "o0"}),
        "use_estimator": Case(after="fit_estimator", takes={"model": "o0"}),
        "any_estimator": Case(after="fit_estimator", takes={"model": "o0"}),
        "scaler": "values=[[1.0, 2.0], [3.0, 6.0]]",
        "scaled": Case("values=[[1.0, 2.0], [2.0, 4.0]]", after="scaler", takes={"model": "o0"}),
        "report": f"{CONFIG}, score=Score(0.1, 0.5)",
        "score_of (an element)": Case(
            f"{CONFIG}, penalty=[0.1, 1.0]", after="make_data", takes={"frame": "o0"}, index=1, bound="config,frame"
        ),
    },
)
