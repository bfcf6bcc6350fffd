namespace Hosting.Security.SignIn;

/// <summary>A token that opens nothing here.</summary>
/// <param name="message">Why, as the end of a sentence that begins with the token; without what the token says.</param>
/// <param name="missingScope">The scope that it lacks, when it is that.</param>
internal sealed class SignInFault(string message, string? missingScope = null) : Exception(message)
{
    public string? MissingScope => missingScope;
}
