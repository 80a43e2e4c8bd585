"""The words that questions are asked with, whatever they are about."""

import re

ORDINARY = frozenset(
    re.findall(
        r"\S+",
        """
        a about according across actually add after again against agree ahead all als also am among an and any
        anyone anything are article articles as ask asked at auf available average back bad be beat beaten
        beating beats because been before behind bei being below benchmark benchmarks besser best better
        between big bit both bottom burn burned but by can cant card champion charge chart charts cheap check
        claim claimed claims clear come compare compared compares comparison conflict conflicting consistent
        consume consumed contradict contradiction contradictions could count cover covered d das data deal den
        der did didnt die differ difference differences different disagree do does doesnt doing done dont down
        each ein eine elo else enough error eval evals evaluation evaluations even ever every everyone
        everything exact exactly exam fair far fare fared fares few fewer fewest figure figures find first fly
        follow for from fuer full gap general get gets getting give given gives go goes going good got great
        had has hat have having he hello help her here hey hi high higher highest him his hit how i if im in
        independent independently inside into is isnt ist it its itself just keep kind know lag lagging lags
        last lead leader leaderboard leaders leading leads least less let lets like list lists ll long look
        lose loses losing lot low lower lowest m main make makes many margin match matter may me mean measured
        mention mentioned mentions might mit mode model models more most much must my n name named near need
        never new news no nobody none nor not now number numbers oder of off official officially ohne ok okay
        on once one ones only open or order other others our out outperform output over overall own paper
        people per percent percentage perform performance performed performs place places please pls point
        points position post press pretty print put quick quite r rank ranked ranking rankings ranks rate
        rated rather rating re read real really record recorded report reported reports result results right
        rival rivals run runs s said same say says score scorecard scored scores scoring second see seen sense
        set several share she should show shown shows side since sind single so some someone something source
        sources spend spent standing standings state stated states stats still strong stronger strongest such
        sum t table take takes tell test tested tests than thanks that the their them then there these they
        thing things think third this those though through tie time to today token tokens told too took tool
        tools top total toward trail trailing trails true try two u und under until up us usage use used using
        value values ve vendor version versus very viel von vs want was way we weak weaker weakest weakness
        weaknesses well went wer were what whats when where which while who whole whos whose why wie will win
        winner winning wins with without won wondering word worse worst would wrong x y yes yet you your yours
        zwischen
        """,
    )
)
# Ordinary words one slip away from the name of a model, which they are not.
NEVER_TYPOS = frozenset(re.findall(r"\S+", "spare clause scouts shout share gem open opens sonic"))
