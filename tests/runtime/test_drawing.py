"""What a drawing says 流程图: who reaches whom, and which split a join closes."""

from runtime.drawing import path, reach, split_of

NESTED = {
    "start": ("outer",),
    "outer": ("inner", "c"),
    "inner": ("a", "b"),
    "a": ("inner_join",),
    "b": ("inner_join",),
    "c": ("outer_join", "start"),
    "inner_join": ("outer_join",),
    "outer_join": ("end",),
    "end": (),
}


def test_a_shortest_way_is_found_or_none() -> None:
    assert path(NESTED, "start", "outer_join") == ["start", "outer", "c", "outer_join"]
    assert path(NESTED, "end", "start") == []


def test_what_is_left_out_is_not_passed() -> None:
    assert "end" not in reach(NESTED, "start", {"c", "inner_join"})


def test_each_join_closes_its_own_split_also_with_a_loop_around() -> None:
    splits = ["outer", "inner"]

    assert split_of(NESTED, "start", splits, "inner_join") == "inner"
    assert split_of(NESTED, "start", splits, "outer_join") == "outer"
    assert split_of(NESTED, "start", [], "outer_join") == ""
