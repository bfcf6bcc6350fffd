namespace Common;

/// <summary>The environment variable that stands for <c>${input:id}</c>, which a client would ask its user for.</summary>
internal static class InputVariable
{
    /// <summary><c>MCP_INPUT_MY_KEY</c> for <c>my-key</c>: in capitals, everything but letters and digits one underscore.</summary>
    public static string Of(string id)
    {
        string upper = id.ToUpperInvariant();
        return "MCP_INPUT_" + string.Concat(upper.Select((letter, at) =>
            char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) ? letter.ToString()
            : at > 0 && !char.IsAsciiLetterUpper(upper[at - 1]) && !char.IsAsciiDigit(upper[at - 1]) ? "" : "_"));
    }
}
