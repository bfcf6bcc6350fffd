using System.Text.Json;

namespace Horreum.Server.Llm;

/// <summary>Finds the wire format.</summary>
internal static class LlmDialects
{
    /// <summary>Little freedom: answers shall follow the numbers.</summary>
    public const double Temperature = 0.1;

    /// <summary>Longest answer of the LLM.</summary>
    public const int MaxTokens = 4096;

    /// <summary>Runs may be nested deeper than the default allows.</summary>
    public static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    public static ILlmDialect For(LlmSettings settings) => settings.Provider switch
    {
        LlmProvider.Anthropic => new AnthropicDialect(settings),
        LlmProvider.Gemini => new GeminiDialect(settings),
        _ => new OpenAiDialect(settings),
    };
}
