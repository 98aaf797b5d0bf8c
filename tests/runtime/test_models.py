"""The clients that a hierarchy's `llm_config` blocks make."""

import pytest

from nex_resources.config import ConfigError
from nex_resources.llm import History
from nex_resources.records import user
from nex_resources.runtime.models import FROM_ENVIRONMENT, load_models
from nex_resources.trainer.tiny import make_tiny

NAMES = [name for names in FROM_ENVIRONMENT.values() for name in names]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)
    return folder / "top.yaml"


def client(models, agent):
    return models._models[agent]


def test_one_client_per_endpoint_whatever_the_model(tmp_path):
    where = "base_url: http://localhost:9/v1, api_key: k"
    path = write(
        tmp_path,
        top=f"name: top\nllm_config: {{model: a, {where}}}\nsub_agents:\n"
        + "".join(f"  - {{name: {n}, config_path: {n}.yaml}}\n" for n in ("same", "heir", "other")),
        same=f"name: same\nllm_config: {{model: b, {where}}}",
        heir="name: heir",
        other="name: other\nllm_config: {model: c, base_url: http://localhost:8/v1, api_key: k}",
    )
    models = load_models(path)
    assert client(models, "top") is client(models, "top/same") is client(models, "top/heir")
    assert client(models, "top") is not client(models, "top/other")
    assert models.name == "a, b, c"


def test_what_is_left_out_comes_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("LLM_MODEL", "from-outside")
    monkeypatch.setenv("LLM_BASE_URL", "http://localhost:9/v1")
    models = load_models(write(tmp_path, top="name: top\nllm_config: {temperature: 0}"))
    assert client(models, "top").name == "from-outside"
    assert client(models, "top").endpoint.base_url == "http://localhost:9/v1"


def test_another_providers_address_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:9/v1")
    text = "name: top\nllm_config: {model: m, api_key: k, api_type: anthropic_chat_completion}"
    assert "anthropic" in client(load_models(write(tmp_path, top=text)), "top").endpoint.base_url


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("{temperature: 0}", "llm_config.model: this key is required to make a client, unless MODEL or"),
        ("{model: m, api_type: gemini_rest}", "llm_config.api_type: 'gemini_rest' is not supported"),
        ("{model: ./nowhere, api_type: transformers}", "llm_config.model: no folder of a model"),
    ],
    ids=["model", "api-type", "folder"],
)
def test_errors_say_what_is_missing(tmp_path, config, told):
    with pytest.raises(ConfigError) as raised:
        load_models(write(tmp_path, top=f"name: top\nllm_config: {config}"))
    assert told in str(raised.value)


async def test_a_model_on_disk_answers(tmp_path):
    make_tiny(tmp_path / "tiny")
    text = "name: top\nllm_config: {model: tiny, api_type: transformers, max_tokens: 3}"
    models = load_models(write(tmp_path, top=text))
    completion = await models.complete(History([user("x")]), (), {"agent": "top", "span": "s0"})
    await models.close()
    assert completion.usage.output_tokens <= 3
