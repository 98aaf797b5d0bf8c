"""Agents from YAML: every field of NexAU that we carry out, and errors that say what to do."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from nex_resources.config import ConfigError
from nex_resources.records import Import
from nex_resources.records.agent_yaml import UNSUPPORTED, AgentYaml, ToolYaml
from nex_resources.runtime import load_agent, load_agent_files
from nex_resources.runtime.schema import schemas

ROOT = Path(__file__).parents[2]

TOOL = """
type: tool
name: Search
description: Search the shelves.
skill_description: searches shelves
disable_parallel: true
template_override: Search, in xml mode.
input_schema:
  type: object
  properties: {query: {type: string}}
  required: [query]
  $schema: http://json-schema.org/draft-07/schema#
"""
NEXAU = """
type: agent
name: librarian
description: Finds books.
max_context_tokens: 100000
max_iterations: 7
system_prompt: ./prompt.md
system_prompt_type: jinja
system_prompt_suffix: Be brief.
tool_call_mode: openai
context: {city: Lyon}
variables: {model: {name: tiny-1, heat: 0.5}}
llm_config:
  model: ${variables.model.name}
  temperature: ${variables.model.heat}
  base_url: ${env.NO_SUCH_URL}
  api_key: ${env.NO_SUCH_KEY}
  api_type: openai_chat_completion
tools:
  - name: search
    yaml_path: ./tools/search.tool.yaml
    binding: string:capwords
    extra_kwargs: {shelf: 3}
  - name: hidden
    yaml_path: ./tools/search.tool.yaml
    binding: string:capwords
    defer_loading: true
  - retail__*
stop_tools: [search]
skills: [./skills/shelving]
sub_agents:
  - {name: helper, config_path: agents/helper.yaml}
mcp_servers:
  - name: clock
    type: stdio
    command: python
    args: ["${this_file_dir}/clock.py"]
    timeout: 9
    disable_parallel: true
  - {name: far, type: http, url: "https://example.org/mcp", headers: {X-A: b}}
middlewares:
  - import: some.module:Logger
    params: {level: 3}
  - some.module:plain
after_tool_hooks:
  - import: some.module:make_hook
    params: {x: 1}
before_model_hooks: [some.module:watch]
retry_attempts: 2
timeout: 90
sandbox_config: {type: local, work_dir: /srv}
initial_state: {count: 0}
global_storage: {shared: 1}
"""
FILES = {
    "agent.yaml": NEXAU,
    "prompt.md": "You are {{ agent_name }} of {{ city }} in {{ working_directory }}.",
    "tools/search.tool.yaml": TOOL,
    "skills/shelving/SKILL.md": "---\nname: shelving\ndescription: How to shelve.\n---\n# Shelving\nBy size.",
    "agents/helper.yaml": """
name: other_name
system_prompt: [One., {content: Two., cache: true}]
tool_call_mode: xml
""",
}


def test_a_full_nexau_config_loads_unchanged():
    spec = load_agent_files(FILES)
    assert spec.system_prompt == "You are librarian of Lyon in /srv.\n\nBe brief."
    assert spec.settings == {"model": "tiny-1", "temperature": 0.5}
    assert spec.tools == ("retail__*", "clock__*", "far__*")
    assert [tool.spec.name for tool in spec.python_tools] == ["search", "hidden"]
    search = spec.python_tools[0]
    assert (search.binding, search.extra) == ("string:capwords", {"shelf": 3})
    assert search.spec.disable_parallel
    assert (search.spec.brief, search.spec.xml_description) == ("searches shelves", "Search, in xml mode.")
    assert "hidden" in spec.deferred
    assert spec.skills[0].text == "# Shelving\nBy size."
    assert spec.mcp_servers["clock"]["args"] == ["./clock.py"]
    assert spec.mcp_servers["far"] == {
        "type": "http",
        "url": "https://example.org/mcp",
        "headers": {"X-A": "b"},
    }
    assert spec.serial == ("clock__*",)
    assert spec.middlewares == (
        Import("some.module:Logger", {"level": 3}),
        Import("some.module:plain"),
        Import("some.module:watch", stage="before_model"),
        Import("some.module:make_hook", {"x": 1}, "after_tool"),
    )
    assert (spec.max_iterations, spec.retry_attempts, spec.max_seconds) == (7, 2, 90)
    assert spec.state == {"city": "Lyon", "count": 0}
    assert spec.storage == {"shared": 1}
    (helper,) = spec.sub_agents
    assert (helper.name, helper.system_prompt, helper.tool_call_mode) == ("helper", "One.\n\nTwo.", "xml")
    assert helper.settings == {**spec.settings, "cache_prompt": True}, "it has its parent's model"


def test_disk_and_memory_load_alike(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    on_disk, in_memory = load_agent(tmp_path / "agent.yaml"), load_agent_files(FILES)
    assert on_disk.mcp_servers["clock"]["args"] == [f"{tmp_path}/clock.py"]
    assert on_disk.sub_agents == in_memory.sub_agents
    assert on_disk.python_tools == in_memory.python_tools


def test_the_key_is_not_in_the_spec(monkeypatch):
    """The spec is written into every trace."""
    monkeypatch.setenv("NO_SUCH_KEY", "sk-secret")
    monkeypatch.setenv("NO_SUCH_URL", "http://secret.example")
    assert "secret" not in repr(load_agent_files(FILES))


SECRETS = """
name: a
variables: {token: "Bearer ${env.SECRET_KEY}"}
llm_config: {model: m, api_key: "${env.SECRET_KEY}"}
tools: [{name: t, yaml_path: t.yaml, binding: "m:f", extra_kwargs: {key: "${env.SECRET_KEY}"}}]
mcp_servers:
  - {name: far, type: http, url: "https://x.example/?k=${env.SECRET_KEY}", headers: {A: "${variables.token}"}}
  - {name: near, command: run, args: ["--key", "${env.SECRET_KEY}"], env: {K: "${env.SECRET_KEY}"}}
  - name: bearer
    type: http
    url: http://localhost/mcp
    auth: {type: bearer, token: {source: env, key: SECRET_KEY}}
middlewares: [{import: "m:M", params: {key: "${env.SECRET_KEY}"}}]
"""


def test_no_secret_of_the_environment_is_in_the_spec_but_each_is_used(monkeypatch):
    from nex_resources.runtime.servers import catalogue_of

    monkeypatch.setenv("SECRET_KEY", "hush")
    spec = load_agent_files({"agent.yaml": SECRETS, "t.yaml": "name: t\ndescription: d"})
    assert "hush" not in repr(spec)
    servers = catalogue_of(spec).servers
    assert servers["far"].url == "https://x.example/?k=hush"
    assert servers["far"].headers == {"A": "Bearer hush"}
    assert servers["near"].command == ("run", "--key", "hush")
    assert servers["near"].env == {"K": "hush"}
    assert servers["bearer"].headers == {"Authorization": "Bearer hush"}


def test_a_secret_that_is_not_set_is_told_with_its_place(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    text = SECRETS.replace("Bearer ${env.SECRET_KEY}", "")
    with pytest.raises(ConfigError, match=r"agent.yaml: tools.0.extra_kwargs.key: .* SECRET_KEY is not set"):
        load_agent_files({"agent.yaml": text, "t.yaml": "name: t\ndescription: d"})


def test_variables_may_refer_to_variables_but_not_in_a_circle():
    text = "variables: {a: {b: 3}, c: '${variables.a.b}'}\nmax_iterations: ${variables.c}"
    assert load_agent_files(agent(text)).max_iterations == 3
    with pytest.raises(ConfigError, match=r"variables\.d: variables form a cycle: e → d → e"):
        load_agent_files(agent("variables: {d: '${variables.e}', e: '${variables.d}'}"))


def test_a_sub_agent_without_llm_config_has_its_parents_settings():
    parent = "llm_config: {model: m, temperature: 0.5}\nsub_agents: [{name: b, config_path: b.yaml}]"
    child = load_agent_files(agent(parent, b__yaml="name: b")).sub_agents[0]
    assert child.settings == {"model": "m", "temperature": 0.5}
    own = load_agent_files(agent(parent, b__yaml="name: b\nllm_config: {model: n}")).sub_agents[0]
    assert own.settings == {"model": "n"}


def test_client_switches_and_dropped_parameters_are_not_sent():
    text = "llm_config: {model: m, debug: true, top_p: 1, seed: 2, additional_drop_params: [top_p]}"
    assert load_agent_files(agent(text)).settings == {"model": "m", "seed": 2}


NEXAU_OWN = """
max_context_tokens: 200000
tracers: [{import: "nexau.archs.tracer.adapters.in_memory:InMemoryTracer"}]
after_model_hooks: [{import: "northau.archs.main_sub.execution.hooks:create_logging_hook", params: {a: b}}]
middlewares:
  - import: nexau.archs.main_sub.execution.middleware.context_compaction:ContextCompactionMiddleware
    params: {max_context_tokens: 90000, auto_compact: true, threshold: 0.7, summary_model: m}
  - import: nexau.archs.main_sub.execution.middleware.long_tool_output:LongToolOutputMiddleware
    params: {max_output_chars: 900, head_lines: 50, bypass_tool_names: [bash]}
"""


def test_something_stands_in_for_nexaus_own_middlewares(caplog):
    spec = load_agent_files(agent(NEXAU_OWN))
    assert (spec.max_context_tokens, spec.compact_at) == (90000, 0.7)
    stand_in = "nex_resources.runtime.nexau_imports:LongToolOutput"
    params = {"max_output_chars": 900, "bypass_tool_names": ["bash"]}
    assert spec.middlewares == (Import(stand_in, params),)
    assert "no effect of summary_model" in caplog.text
    assert "no effect of head_lines" in caplog.text


def test_values_for_prompts_may_come_at_run_time():
    files = agent("system_prompt: 'It is {{ day }}.'\nsub_agents: [{name: b, config_path: b.yaml}]")
    files["b.yaml"] = "name: b\nsystem_prompt: 'Still {{ day }}.'\ncontext: {day: Monday}"
    spec = load_agent_files(files, context={"day": "Friday"})
    assert (spec.system_prompt, spec.sub_agents[0].system_prompt) == ("It is Friday.", "Still Friday.")
    assert spec.state == {"day": "Friday"}


def test_a_skill_says_where_its_other_files_are(tmp_path):
    files = agent("skills: [skills/bake]")
    files |= {"skills/bake/SKILL.md": FILES["skills/shelving/SKILL.md"], "skills/bake/scripts/oven.py": ""}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    in_memory, on_disk = load_agent_files(files), load_agent(tmp_path / "agent.yaml")
    assert in_memory.skills[0].text.endswith("Files of this skill, in skills/bake:\n- scripts/oven.py")
    assert on_disk.skills[0].text.endswith(f"in {tmp_path}/skills/bake:\n- scripts/oven.py")


def test_a_search_hint_is_kept_and_a_schema_without_type_is_an_objects():
    tool = "name: t\ndescription: d\nsearch_hint: slack chat\nformatter: markdown\ninput_schema: {}"
    spec = load_agent_files(agent("tools: [{name: t, yaml_path: t.yaml, binding: 'm:f'}]", t__yaml=tool))
    assert spec.python_tools[0].spec.search_hint == "slack chat"
    assert spec.python_tools[0].spec.input_schema == {"type": "object", "properties": {}}


def agent(text, **files):
    return {
        "agent.yaml": f"name: a\n{text}",
        **{name.replace("__", "."): body for name, body in files.items()},
    }


CASES = {
    "unknown-key": (agent("max_iteration: 3"), "agent.yaml: max_iteration: unknown key", "'max_iterations'?"),
    "nested-key": (
        agent("tools: [{name: x, bindin: y}]"),
        "agent.yaml: tools.0.bindin: unknown",
        "'binding'?",
    ),
    "prompt-part": (
        agent("system_prompt: [One., {contnt: x}]"),
        "agent.yaml: system_prompt.1.content: this key is required",
        "system_prompt.1.contnt: unknown key",
    ),
    "wrong-kind": (agent("tools: [3]"), "agent.yaml: tools.0: Neither a text nor", "(given: 3)"),
    "hook-key": (agent("middlewares: [{import: 'a:b', parms: {}}]"), "middlewares.0.parms", "'params'?"),
    "no-url": (agent("mcp_servers: [{name: s, type: http}]"), "mcp_servers.0.url", "type http needs it"),
    "url-and-stdio": (
        agent("mcp_servers: [{name: s, command: c, url: 'http://localhost'}]"),
        "mcp_servers.0.url",
        "type stdio has none",
    ),
    "two-servers": (
        agent("mcp_servers: [{name: s, command: c}, {name: s, command: d}]"),
        "mcp_servers.1.name",
        "another server is called 's'",
    ),
    "tool-name": (
        agent("sub_agents: [{name: 'b c', config_path: b.yaml}]"),
        "sub_agents.0.name",
        "match pattern",
    ),
    "bad-value": (agent("tool_call_mode: jsn"), "tool_call_mode: 'jsn' is not allowed", "xml"),
    "bad-range": (agent("max_iterations: 0"), "max_iterations", "greater than or equal to 1"),
    "no-name": ({"agent.yaml": "description: x"}, "agent.yaml: name", "required"),
    "not-yaml": ({"agent.yaml": "a: [1"}, "agent.yaml: line", "not valid YAML"),
    "cycle": (
        {
            "agent.yaml": "name: a\nsub_agents: [{name: b, config_path: b.yaml}]",
            "b.yaml": "name: b\nsub_agents: [{name: c, config_path: c.yaml}]",
            "c.yaml": "name: c\nsub_agents: [{name: b, config_path: ./b.yaml}]",
        },
        "c.yaml: sub_agents.0.config_path",
        "sub-agents form a cycle: b.yaml → c.yaml → b.yaml",
    ),
    "self": (agent("sub_agents: [{name: a, config_path: agent.yaml}]"), "cycle", "agent.yaml → agent.yaml"),
    "no-sub-agent": (
        agent("sub_agents: [{name: b, config_path: bb.yaml}]", b__yaml="name: b"),
        "agent.yaml: sub_agents.0.config_path: no such file: bb.yaml",
        "did you mean 'b.yaml'?",
    ),
    "same-name": (
        agent(
            "sub_agents: [{name: b, config_path: b.yaml}, {name: b, config_path: b.yaml}]", b__yaml="name: b"
        ),
        "sub_agents",
        "two sub-agents are called 'b'",
    ),
    "no-binding": (
        agent("tools: [{name: t, yaml_path: t.yaml}]", t__yaml="name: t\ndescription: d"),
        "tools.0.binding",
        "no binding",
    ),
    "odd-binding": (
        agent("tools: [{name: t, yaml_path: t.yaml, binding: a.b}]", t__yaml="name: t\ndescription: d"),
        "tools.0.binding",
        "package.module:function",
    ),
    "no-env": (agent("description: ${env.NOT_SET_AT_ALL}"), "description", "NOT_SET_AT_ALL is not set"),
    "no-variable": (
        agent("variables: {town: x}\ndescription: ${variables.twon}"),
        "description: no variable 'twon'",
        "did you mean 'town'?",
    ),
    "template": (
        agent("system_prompt: 'in {{ town }}'"),
        "system_prompt: template: 'town' is undefined",
        "context",
    ),
    "no-front-matter": (
        {"agent.yaml": "name: a\nskills: [s]", "s/SKILL.md": "# Bare"},
        "s/SKILL.md",
        "front matter",
    ),
    "nexaus-own": (
        agent("middlewares: ['nexau.archs.x.llm_failover:LLMFailoverMiddleware']"),
        "agent.yaml: middlewares: nexau.archs.x.llm_failover:LLMFailoverMiddleware is not supported",
        "ContextCompactionMiddleware",
    ),
    "plugins": (agent("plugins: [{use: x}]"), "plugins: not supported", "own file"),
    "bad-schema": (
        agent(
            "tools: [{name: t, yaml_path: t.yaml, binding: 'm:f'}]",
            t__yaml="name: t\ndescription: d\ninput_schema: {type: object, properties: {a: {type: strin}}}",
        ),
        "t.yaml: input_schema: not a JSON Schema: properties.a.type",
        "strin",
    ),
    "formatter": (
        agent(
            "tools: [{name: t, yaml_path: t.yaml, binding: 'm:f'}]",
            t__yaml="name: t\ndescription: d\nformatter: xml",
        ),
        "t.yaml: formatter: not supported",
        "after_tool",
    ),
    "auth": (
        agent("mcp_servers: [{name: s, type: http, url: u, auth: {type: authorization_code}}]"),
        "mcp_servers.0.auth.type: 'authorization_code' is not supported",
        "headers",
    ),
    "no-token": (
        agent(
            "mcp_servers: [{name: s, type: http, url: u, auth: {type: bearer, token: {key: NOT_SET_AT_ALL}}}]"
        ),
        "mcp_servers.0.auth.token.key: environment variable NOT_SET_AT_ALL",
        "is not set",
    ),
    "sandbox": (agent("sandbox_config: {type: e2b}"), "sandbox_config.type: 'e2b' is not supported", "local"),
}


def test_a_key_with_nothing_behind_it_is_as_good_as_absent():
    text = "description:\nsystem_prompt:\ntools:\nstop_tools:\nmcp_servers: [{name: s, command: c, env: }]"
    assert load_agent_files(agent(text)).system_prompt == ""


def test_only_a_tool_must_have_a_tools_name():
    files = {
        "agent.yaml": "name: 研究 组长\nsub_agents: [{name: b, config_path: b.yaml}]",
        "b.yaml": "name: 助手",
    }
    spec = load_agent_files(files)
    assert (spec.name, spec.sub_agents[0].name) == ("研究 组长", "b")


@pytest.mark.parametrize(("files", "where", "told"), CASES.values(), ids=CASES)
def test_errors_say_where_and_what_to_do(files, where, told):
    with pytest.raises(ConfigError) as raised:
        load_agent_files(files)
    assert where in str(raised.value)
    assert told in str(raised.value)


def test_every_unsupported_field_is_refused_with_its_hint():
    tried = {
        "plugins": "plugins: [x]",
        "token_counter": "token_counter: a:b",
        "error_handler": "error_handler: a:b",
        "initial_config": "initial_config: {a: 1}",
        "mcp_servers.*.auth.type": "mcp_servers: [{name: s, auth: {type: client_credentials}}]",
        "mcp_servers.*.permissions": "mcp_servers: [{name: s, permissions: {a: [b]}}]",
        "mcp_servers.*.tool_permissions": "mcp_servers: [{name: s, tool_permissions: {a: {}}}]",
        "sandbox_config.type": "sandbox_config: {type: e2b}",
        "custom_llm_generator": "custom_llm_generator: a:b",
        "builtin": "tools: [{name: t, yaml_path: builtin.yaml}]",
        "formatter": "tools: [{name: t, yaml_path: formatter.yaml}]",
    }
    tools = {f"{key}__yaml": f"name: t\ndescription: d\n{key}: a" for key in ("builtin", "formatter")}
    assert set(tried) == set(UNSUPPORTED)
    for field, text in tried.items():
        with pytest.raises(ConfigError) as raised:
            load_agent_files(agent(text, **tools))
        assert UNSUPPORTED[field] in str(raised.value)


@pytest.mark.parametrize("name", schemas())
def test_published_schema_is_in_step(name):
    """Write it anew with `python -m nex_resources.runtime schema docs/schemas`."""
    assert (ROOT / "docs/schemas" / name).read_text() == schemas()[name]


def test_schemas_accept_what_loads():
    check = {name: Draft202012Validator(json.loads(text)) for name, text in schemas().items()}
    check["agent.schema.json"].validate(yaml.safe_load(NEXAU))
    check["tool.schema.json"].validate(yaml.safe_load(TOOL))
    assert not check["agent.schema.json"].is_valid({"name": "a", "max_iteration": 3})


@pytest.mark.parametrize(
    ("model", "heading"), [(AgentYaml, "Agent"), (ToolYaml, "Tool")], ids=["agent", "tool"]
)
def test_docs_page_maps_every_field(model, heading):
    page = (ROOT / "docs/nexau-fields.md").read_text()
    section = page.split(f"## {heading}")[1].split("\n## ")[0]
    missing = [name for name in model.model_fields if f"`{name}`" not in section]
    assert not missing
    assert all(field.removeprefix("mcp_servers.*.") in page for field in UNSUPPORTED)
