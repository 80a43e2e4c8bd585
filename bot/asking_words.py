"""The words that questions are asked with, whatever they are about."""

import re

ORDINARY = frozenset(
    re.findall(
        r"\S+",
        """
        a about abstract according achieve achieved achieves achieving across actually add after again against agree
        ahead ai all als also am among an and any anyone anything anywhere are article articles as ask asked at auf
        available average back bad be beat beaten beating beats because been before behind bei beim being
        below benchmark benchmarks besides besser best beste bester bestes better between big biggest bit both bottom
        burn burned but by can cant card champ champion charge chart charts cheap check claim claimed claims
        clear come compare compared compares comparison conflict conflicting consistent consume consumed
        contradict contradiction contradictions contradictory could count cover covered crown curious
        currently d das deal deliver delivered dem den der did didnt die differ difference differences
        different differing disagree disagreement disagreements disagrees discrepancies discrepancy disputed
        disputes do does doesnt doing done dont dort down each earn earned ein eine elo else enough ergebnis
        ergebnisse error es eval evals evaluated evaluation evaluations even ever every everybody everyone
        everything everywhere exact exactly exam exist exists fair far fare fared fares few fewer fewest fifth figure
        figures find first fourth fly follow for from fuer fuhrt full führt gap general get gets getting gewinnt gibt
        give given gives go goes going good got grade grades great had has hat have having he hello help her here
        hey hi hier high higher highest him his hit hits how i identical if im in inconsistencies
        inconsistency inconsistent independent independently info information inside interested into is isnt
        ist it its itself just keep kind kinda kindly king know lag lagging lags land lands largest last lead leader
        leaderboard leaderboards leaders leading leads least less let lets like list lists ll llm llms long
        look lose loses losing lost lot low lower lowest m main make makes manage managed many margin mark
        marks match matter may me mean measured mention mentioned mentions might mismatch mismatches mit mode
        model modell modelle models more most much must my n name named near need never new news no nobody
        none nor not now number numbers obtain obtained oder of off official officially ohne ok okay on once
        one ones only or order other others our out outcome outcomes outperform output over overall
        overview own paper particular people per percent percentage perform performance performed performs
        place placed places placing please pls podium point points position post posted present press pretty
        print punkte put quick quite r rank ranked ranking rankings ranks rate rated rather rating re reach
        reached reaches read real really record recorded report reported reports result results right rival
        rivals run runner runs s said same say says score scorecard scored scores scoring second see seen sense set
        several share she should show shown shows sich side similar since sind single sit sits smallest so some someone
        something somewhere sota source sources specific spend spent stack stacks stand standing standings stands state
        stated states stats still strength strengths strong stronger strongest such suck sucks sum summary t table take
        takes tell test tested tests than thank thanks that the their them then there these they thing things
        think third this those three though through thx tie time to today token tokens told too took tool tools top
        topping tops total toward trail trailing trails tried tries true try two u und under until up us usage
        use used using value values various ve vendor version versus very viel von vs want was way we weak
        weaker weakest weakness weaknesses welche welcher welches well went wer were what whats when where
        which while who whole whos whose why widest wie will win winner winning wins with without won wonder
        wondering word worse worst would wrong x y yes yet you your yours zwischen
        ascribed attributed credited origin originally originate originated originates origins provenance whom
        """,
    )
)
# Ordinary words one slip away from the name of a model, which they are not.
NEVER_TYPOS = frozenset(re.findall(r"\S+", "spare clause scouts shout share gem open opens sonic"))
