"""All mutators by kind, and drawing mutants with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nex_assets.filtered_traces.mutators import calls, claims, conduct, content, endings
from nex_assets.filtered_traces.mutators.base import Mutant, Mutator
from nex_assets.filtered_traces.specimens import Specimen
from nex_resources.records import generator

STRENGTHS = (1, 2, 3)

MUTATORS: dict[str, Mutator] = {
    mutator.__name__: mutator
    for mutator in (
        endings.cut_output,
        endings.unfinished_text,
        endings.unclosed_structure,
        endings.no_answer,
        endings.stopped_early,
        endings.repeated_text,
        endings.repeated_calls,
        endings.call_cycle,
        endings.ping_pong,
        calls.unknown_tool,
        calls.unknown_argument,
        calls.invented_value,
        calls.invented_file,
        calls.invalid_json,
        calls.schema_violation,
        calls.leaked_syntax,
        calls.unpaired_call,
        calls.stray_token,
        calls.reused_call_id,
        calls.tool_error,
        calls.ignored_error,
        calls.repeated_error,
        claims.ungrounded_value,
        claims.ungrounded_name,
        claims.fabricated_test_result,
        claims.claimed_without_call,
        claims.fabricated_observation,
        claims.missing_file_cited,
        claims.tests_edited,
        claims.special_cased,
        content.placeholder_text,
        content.placeholder_argument,
        content.stub_result,
        content.oversized_result,
        content.wrong_language,
        content.mixed_language,
        content.secret,
        content.personal_data,
        conduct.wrong_state,
        conduct.missing_fact,
        conduct.failed_verification,
        conduct.forbidden_side_effect,
        conduct.destructive_command,
        conduct.outside_workspace,
        conduct.unrequested_write,
        conduct.refused_feasible,
        conduct.complied_infeasible,
    )
}


def mutants(specimens: Iterable[Specimen], seed: int, kinds: Iterable[str] = MUTATORS) -> Iterator[Mutant]:
    """Yield every mutant that the mutators of `kinds` make of `specimens`, at every strength. The draw of
    one mutant depends on the seed, its kind, its strength and its specimen's id alone."""
    chosen = tuple(kinds)
    for specimen in specimens:
        for kind in chosen:
            for strength in STRENGTHS:
                rng = generator(seed, "mutants", kind, strength, specimen.trace.id)
                mutant = MUTATORS[kind](specimen, rng, strength)
                if mutant is not None:
                    yield mutant
