"""The table, the figures and the two jobs that make them, on a small made-up world."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from experiments import compare
from experiments import run as main_job
from sim.experiment import compose, read, with_arguments
from sim.report import figures
from sim.report.compare import NET, CompareError, flows, paired_differences
from sim.report.headline import _name, report
from sim.report.table import View, headline, print_groups, print_money, print_table, reading, who_gains
from sim.report.words import scale, scenario_words
from sim.settings import Composer, Settings
from sim.store import Results
from sim.sweep import run_all

METRICS = {
    "public_cost_nok": (412_000.0, "NOK", 9_000.0),
    "employed_share": (0.31, "share", 0.01),
    "trust": (0.55, "0-1", 0.0),
    "a_metric_of_ones_own": (1.0, "count", 1.0),
}
EFFECTS = {"baseline": 0.0, "se_in_house": 0.5, "se_outsourced": -0.5, "caseload_15": 1.5}


def fake(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
    """Stands in for the model: a common shock per replication and an effect per scenario."""
    shock = np.random.default_rng(replication).normal(0, 0.02)
    effect = EFFECTS.get(settings.scenario, -1.0) * (1 + replication / 8)
    cell = {"cohort": "stock", "group": "all"}
    weeks = np.arange(-60, 157)
    return SimpleNamespace(
        outcomes=pd.DataFrame(
            {
                **cell,
                "metric": name,
                "horizon_weeks": horizon,
                "value": base * (1 + shock) + step * effect * horizon / 104,
                "unit": unit,
            }
            for name, (base, unit, step) in METRICS.items()
            for horizon in (26, 104, 156)
        ),
        weekly=pd.concat(
            pd.DataFrame({"week": weeks, "series": name, "value": 1 + shock + effect * np.clip(weeks, 0, None) / 100})
            for name in ("gaze", "registered")
        ),
        persons=None,
        spells=None,
        timings={},
    )


@pytest.fixture(scope="module")
def differences() -> pd.DataFrame:
    frames = [
        fake(SimpleNamespace(scenario=name), replication, None).outcomes.assign(scenario=name, replication=replication)
        for name in EFFECTS
        for replication in range(4)
    ]
    return paired_differences(pd.concat(frames))


def test_the_headline_is_in_its_own_order_at_two_years(differences: pd.DataFrame) -> None:
    rows = headline(differences)
    assert list(dict.fromkeys(rows["metric"])) == ["employed_share", "trust", "public_cost_nok"]
    assert set(rows["horizon_weeks"]) == {104}
    short = differences[differences["horizon_weeks"] == 26]
    assert set(headline(short)["horizon_weeks"]) == {26}
    own = differences[differences["metric"] == "a_metric_of_ones_own"]
    assert set(headline(own)["metric"]) == {"a_metric_of_ones_own"}


def test_the_table_fits_and_says_shares_in_percentage_points(
    differences: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    print_table(differences)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 120
    assert not any("…" in line or "\x1b" in line for line in lines)
    [in_work] = [line for line in lines if line.lstrip().startswith("In work")]
    assert "SE in-house" in in_work and "+0.59 pp" in in_work and in_work.rstrip().split()[-1] == "higher"
    assert sum("the same" in line for line in lines) == 3  # trust
    assert "Means over 4 paired replications" in "\n".join(lines)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (View(group="al"), "did you mean 'all'"),
        (View(cohort="entrants"), "there are stock"),
        (View(weeks=105), "there are 26, 104, 156"),
    ],
)
def test_a_view_that_is_not_there_is_refused_with_what_is(differences: pd.DataFrame, view: View, said: str) -> None:
    with pytest.raises(CompareError, match=said):
        headline(differences, view)
    assert set(headline(differences, View(weeks=26))["horizon_weeks"]) == {26}


def test_money_is_added_up_by_who_pays_whom(capsys: pytest.CaptureFixture[str]) -> None:
    cell = {"cohort": "stock", "group": "all", "horizon_weeks": 104, "unit": "NOK"}
    more = {"post_aap": 10.0, "post_disability_pension": 5.0, "post_tax": -2.0, "employed_share": 0.1}
    outcomes = pd.DataFrame(
        {**cell, "scenario": arm, "replication": r, "metric": name, "value": 1000.0 * r + extra * (arm == "more")}
        for arm in ("baseline", "more")
        for r in range(3)
        for name, extra in more.items()
    )
    paid = paired_differences(flows(outcomes))
    assert dict(zip(paid["metric"], paid["difference"], strict=True)) == {
        "state to people": 15.0,
        "people to state": -2.0,
        NET: 17.0,  # 15 more paid, 2 less in taxes
    }
    print_money(paid)
    [line] = [line for line in capsys.readouterr().out.splitlines() if line.lstrip().startswith("State to people")]
    assert line.split()[-2:] == ["2,000", "+15"]
    print_money(flows(outcomes[outcomes["metric"] == "employed_share"]))
    assert capsys.readouterr().out == ""


def test_the_table_of_one_replication_has_no_intervals(capsys: pytest.CaptureFixture[str]) -> None:
    frames = [
        fake(SimpleNamespace(scenario=name), 0, None).outcomes.assign(scenario=name, replication=0) for name in EFFECTS
    ]
    print_table(paired_differences(pd.concat(frames)))
    told = capsys.readouterr().out
    assert "one replication" in told and "1 paired replication;" in told and "nan" not in told


def test_the_table_prints_on_any_console(differences: pd.DataFrame) -> None:
    console = Console(width=120, record=True, file=StringIO(), force_terminal=True)
    print_table(differences, console)
    assert "Caseload 15" in console.export_text()


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (0, 0, "the same"),
        (0.1, 0.2, "higher"),
        (-2, -1, "lower"),
        (-1, 1, "unclear"),
        (np.nan, np.nan, "unclear"),
    ],
)
def test_readings(low: float, high: float, word: str) -> None:
    assert reading(low, high) == word


def test_words_and_numbers() -> None:
    names = ("baseline", "se_in_house", "caseload_15", "tender_price_80", "my_own_idea")
    assert [scenario_words(name) for name in names] == [
        "Baseline",
        "SE in-house",
        "Caseload 15",
        "Price weight 0.8",
        "My own idea",
    ]
    share, money = scale("share", 0.3), scale("NOK", 2.5e9)
    assert (share.value(0.314), share.difference(-0.0123), share.difference(0.0)) == ("31.4", "-1.23", "0")
    assert share.difference(-0.000001) == "0.00"
    assert (money.value(2.5e9), money.difference(12e6), money.unit) == ("2,500.0", "+12.00", "million NOK")


def test_a_scenario_has_one_colour_and_no_two_share_it() -> None:
    chosen = figures.colours(["baseline", "mine", "caseload_15", "yours"])
    assert len(set(chosen.values())) == len(chosen)
    assert chosen["caseload_15"] == figures.colours(["caseload_15"])["caseload_15"]


@pytest.mark.parametrize("replications", [1, 3])
def test_figures_have_a_panel_per_thing_and_are_saved_twice(replications: int, tmp_path: Path) -> None:
    runs = [
        (name, number, fake(SimpleNamespace(scenario=name), number, None))
        for name in EFFECTS
        for number in range(replications)
    ]
    weekly = pd.concat(run.weekly.assign(scenario=name, replication=number) for name, number, run in runs)
    outcome = pd.concat(run.outcomes.assign(scenario=name, replication=number) for name, number, run in runs)
    for name, figure, titles in (
        ("trajectories", figures.trajectories(weekly), ["Registered jobseekers", "The supervisors' gaze"]),
        (
            "differences",
            figures.forest(headline(paired_differences(outcome))),
            ["In work", "Trust in the system", "Public cost"],
        ),
    ):
        assert [axes.get_title(loc="left") for axes in figure.axes] == titles
        png, svg = figures.save(figure, tmp_path / name)
        assert png.stat().st_size > 20_000
        assert ET.parse(svg).getroot().tag.endswith("svg")


def test_the_same_figure_gives_the_same_file(differences: pd.DataFrame, tmp_path: Path) -> None:
    svgs = [figures.save(figures.forest(headline(differences)), tmp_path / name)[1] for name in ("a", "b")]
    assert svgs[0].read_bytes() == svgs[1].read_bytes()


def test_the_headline_job_from_settings_to_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sim.sweep.run_all", lambda points: run_all(points, progress=False, simulate=fake))
    results = tmp_path / "results"
    arguments = ["experiment=headline", "population=classroom", "replications=2", "workers=1", f"results={results}"]
    assert main_job.main(arguments) == 0
    told = capsys.readouterr().out
    assert told.index("SE in-house") < told.index("Caseload 15") < told.index("Price weight 0.8")
    written = [
        "differences.csv",
        *(f"{f}.{kind}" for f in ("trajectories", "differences") for kind in ("png", "svg")),
    ]
    for name in written:
        assert str(results / name) in told
        assert (results / name).stat().st_size > 0
    table = pd.read_csv(results / "differences.csv")
    assert table["scenario"].nunique() == 5 and set(table["replications"]) == {2}

    assert compare.main([str(results), "--baseline", "caseload_15"]) == 0
    assert (results / "against_caseload_15" / "differences.csv").exists()
    assert "Against Caseload 15" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["sead=3", "replications=0", "scenario=baselin", "results=/dev/null/results"])
def test_the_headline_job_refuses_in_one_line(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["experiment=headline", "population=classroom", wrong]
    assert main_job.main(arguments) == 2
    told = capsys.readouterr().err
    assert told.startswith("error: ") and told.count("\n") == 1


def test_failed_runs_are_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(settings: Settings, replication: int, snapshots: Path | None) -> SimpleNamespace:
        if settings.scenario == "se_outsourced" and replication == 1:
            raise RuntimeError("no")
        return fake(settings, replication, snapshots)

    monkeypatch.setattr("sim.sweep.run_all", lambda points: run_all(points, progress=False, simulate=failing))
    arguments = ["experiment=headline", "population=classroom", "replications=2", "workers=1", f"results={tmp_path}"]
    assert main_job.main(arguments) == 1
    told = capsys.readouterr()
    assert "Left out, failed" in told.err and "se_outsourced, replication 1" in told.err
    assert "Means over 1 to 2 paired replications" in told.out


def test_compare_refuses_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main([str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"error: {tmp_path} holds no finished runs\n"


def test_the_report_keeps_to_the_runs_it_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def points(population: str) -> list[Settings]:
        always = ["replications=1", "workers=1", f"results={tmp_path}"]
        asked = with_arguments(read("headline"), [f"population={population}", *always], Composer())
        return [point.settings for point in compose(asked, Composer())]

    sweep = run_all(points("classroom"), progress=False, simulate=fake)
    run_all(points("district"), progress=False, simulate=fake)
    report(Results(tmp_path), sweep.keys[:2])
    assert set(pd.read_csv(tmp_path / "differences.csv")["scenario"]) == {"se_in_house"}
    assert "Caseload" not in capsys.readouterr().out


def test_figures_of_other_people_have_another_name() -> None:
    assert _name("differences", View()) == "differences"
    assert _name("differences", View(cohort="entrants", weeks=52)) == "differences_entrants_52"
    assert _name("differences", View(group="young")) == "differences_young"


def test_more_scenarios_than_colours_are_told_apart() -> None:
    chosen = figures.colours([f"mine_{n}" for n in range(25)])
    assert len({chosen[f"mine_{n}"] for n in range(25)}) == 25


def test_a_legend_of_long_names_stays_within_the_figure() -> None:
    figure, panels = figures.grid_of_panels(1, row_height=3.0)
    labels = [f"Caseload {n}, budget neutral" for n in range(11)]
    lines = [panels[0].plot([0, 1], [0, n])[0] for n in range(11)]
    figures.legend_above(figure, lines, labels)
    figure.draw_without_rendering()
    box = figure.legends[0].get_window_extent()
    assert box.x0 >= 0 and box.x1 <= figure.bbox.x1


def _two_groups() -> pd.DataFrame:
    cell = {"cohort": "stock", "metric": "employed_share", "horizon_weeks": 104, "unit": "share"}
    gain = {"all": 0.010, "young": 0.030, "aap": -0.020}
    return paired_differences(
        pd.DataFrame(
            {
                **cell,
                "scenario": arm,
                "replication": r,
                "group": group,
                "value": 0.4
                + r / 100
                + more * (arm != "baseline") * (1 + r / 50)
                + (group == "aap") * r * (arm == "mine"),
            }
            for arm in ("baseline", "se_in_house", "mine")
            for r in range(4)
            for group, more in gain.items()
        )
    )


def test_who_gains_and_who_loses_stands_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    gained = who_gains(_two_groups())
    print_groups(gained)
    said = capsys.readouterr().out
    lines = {line.strip()[:12]: line.split() for line in said.splitlines()}
    assert lines["everybody   "][-2:] == ["+1.03", "+1.03"]
    assert lines["under 30    "][-2:] == ["+3.09", "+3.09"]
    assert lines["on work asse"][-3:-2] == ["-2.06"] and lines["on work asse"][-1] == "?"  # mine: wide
    assert "everyone registered at the policy date" in said
    assert len(figures.groups(gained).axes) == 2
    alone = gained[gained["group"] == "all"]
    print_groups(alone)
    assert capsys.readouterr().out == ""
    many = pd.concat([gained.assign(scenario=f"mine_{n}") for n in range(8)])
    print_groups(many)
    assert "by_group.csv" in capsys.readouterr().out


def test_what_pairing_is_worth_is_told_from_five_pairs_on(capsys: pytest.CaptureFixture[str]) -> None:
    found = _two_groups()
    print_table(found)
    assert "Pairing" not in capsys.readouterr().out
    print_table(found.assign(replications=5))
    assert "Pairing" in capsys.readouterr().out


def test_set_ups_in_one_folder_are_compared_one_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for world in ("slack", "tight"):
        always = ["population=classroom", f"world={world}", "replications=1", "workers=1", f"results={tmp_path}"]
        points = [Composer().settings([f"scenario={name}", *always]) for name in ("baseline", "se_in_house")]
        run_all(points, progress=False, simulate=fake)
    assert compare.main([str(tmp_path)]) == 0
    last = capsys.readouterr().out
    assert "* 1: world.vacancies.per_unemployed=" in last and "  2: world.vacancies.per_unemployed=" in last
    assert compare.main([str(tmp_path), "--setup", "2"]) == 0
    assert "* 2: " in capsys.readouterr().out and (tmp_path / "setup_2" / "differences.csv").exists()
    assert compare.main([str(tmp_path), "--setup", "3"]) == 2
    assert capsys.readouterr().err == "error: --setup 3: there are 2, from 1\n"


def test_a_copy_that_would_run_the_original_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(main_job, "__file__", str(tmp_path / "experiments" / "run.py"))
    assert main_job.main(["population=classroom"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"error: {tmp_path} would run with the model") and told.count("\n") == 1
