using Horreum.Server.Llm;
using Hosting.Configuration;

namespace Horreum.Server.Configuration;

/// <summary>Reads the <c>LLM_*</c> variables.</summary>
internal static class LlmEnvironment
{
    /// <summary>The settings; null unless provider, key and model are all set.</summary>
    public static LlmSettings? Read(VariableReader environment)
    {
        LlmProvider? provider = environment.Choice<LlmProvider?>(
            "LLM_PROVIDER",
            null,
            ("openai", LlmProvider.OpenAi),
            ("anthropic", LlmProvider.Anthropic),
            ("azure", LlmProvider.Azure),
            ("gemini", LlmProvider.Gemini));
        TimeSpan callTimeout = environment.Milliseconds("LLM_TIMEOUT", 1000, 600_000) ?? TimeSpan.FromMinutes(1);
        TimeSpan queryTimeout = environment.Milliseconds("LLM_QUERY_TIMEOUT", 1000, 3_600_000) ?? TimeSpan.FromMinutes(5);
        int rounds = environment.Whole("LLM_MAX_ROUNDS", 1, 100) ?? 10;
        int resultBytes = (int)(environment.Bytes("LLM_MAX_RESULT_BYTES", 256, 4 * 1024 * 1024) ?? 64 * 1024);
        if (provider is not { } known || environment.Text("LLM_API_KEY") is not { } key || environment.Text("LLM_MODEL") is not { } model)
        {
            return null;
        }

        if (key.Any(letter => letter is < '!' or > '~'))
        {
            // The value itself must not appear in the message.
            environment.Fault("LLM_API_KEY", "(hidden)", "printable ASCII without blanks");
        }

        return new LlmSettings
        {
            Provider = known,
            ApiKey = key,
            Model = model,
            BaseAddress = ReadAddress(environment, known),
            Deployment = environment.Text("LLM_AZURE_DEPLOYMENT"),
            Project = environment.Text("LLM_GEMINI_ENDPOINT") is null ? null : environment.Text("LLM_GEMINI_PROJECT"),
            CallTimeout = callTimeout,
            QueryTimeout = queryTimeout,
            MaxRounds = rounds,
            MaxResultBytes = resultBytes,
        };
    }

    private static string ReadAddress(VariableReader environment, LlmProvider provider)
    {
        (string name, string? byDefault) = provider switch
        {
            LlmProvider.Azure => ("LLM_AZURE_ENDPOINT", null),
            LlmProvider.Gemini => ("LLM_GEMINI_ENDPOINT", "https://generativelanguage.googleapis.com/v1beta"),
            LlmProvider.Anthropic => ("LLM_BASE_URL", "https://api.anthropic.com/v1"),
            _ => ("LLM_BASE_URL", (string?)"https://api.openai.com/v1"),
        };
        string? address = environment.Text(name);
        if (address is null && environment.Text("LLM_BASE_URL") is { } general)
        {
            (name, address) = ("LLM_BASE_URL", general);
        }

        address ??= byDefault;
        bool valid = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.UserInfo.Length == 0;
        if (!valid)
        {
            environment.Fault(name, address is null ? null : "(hidden)", "an absolute http or https address without user and query");
            return "";
        }

        return uri!.AbsoluteUri.TrimEnd('/');
    }
}
