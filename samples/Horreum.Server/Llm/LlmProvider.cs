namespace Horreum.Server.Llm;

/// <summary>Whose wire format the LLM speaks.</summary>
public enum LlmProvider
{
    /// <summary>OpenAI, and the many servers compatible with it.</summary>
    OpenAi,

    /// <summary>Anthropic.</summary>
    Anthropic,

    /// <summary>OpenAI on Azure.</summary>
    Azure,

    /// <summary>Gemini.</summary>
    Gemini,
}
