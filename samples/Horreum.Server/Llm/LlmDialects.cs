namespace Horreum.Server.Llm;

/// <summary>Finds the wire format.</summary>
internal static class LlmDialects
{
    /// <summary>Little freedom: answers shall follow the numbers.</summary>
    public const double Temperature = 0.1;

    /// <summary>Longest answer of the LLM.</summary>
    public const int MaxTokens = 4096;

    public static ILlmDialect For(LlmSettings settings) => settings.Provider switch
    {
        LlmProvider.Anthropic => new AnthropicDialect(settings),
        LlmProvider.Gemini => new GeminiDialect(settings),
        _ => new OpenAiDialect(settings),
    };
}
