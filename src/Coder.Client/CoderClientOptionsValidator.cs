using Microsoft.Extensions.Options;

namespace Coder.Client;

internal sealed class CoderClientOptionsValidator : IValidateOptions<CoderClientOptions>
{
    public ValidateOptionsResult Validate(string? name, CoderClientOptions options)
    {
        List<string> faults = [];
        if (options.BaseAddress is null)
        {
            faults.Add("BaseAddress is missing: the address of the Coder deployment, for example https://coder.example.com.");
        }
        else if (!options.BaseAddress.IsAbsoluteUri || options.BaseAddress.Scheme is not ("http" or "https"))
        {
            faults.Add($"BaseAddress '{ShownAddress.Of(options.BaseAddress)}' must be an absolute http or https address.");
        }
        else if (options.BaseAddress.UserInfo.Length > 0 || options.BaseAddress.Query.Length > 0)
        {
            faults.Add("BaseAddress must hold neither a user nor a query: the token has its own setting.");
        }

        if (string.IsNullOrWhiteSpace(options.SessionToken))
        {
            faults.Add("SessionToken is missing: a session or API token of Coder.");
        }
        else if (options.SessionToken.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ';' or ','))
        {
            // The value itself is a secret and stays out of the message.
            faults.Add("SessionToken holds a character that no token has (space, control character, ';' or ',').");
        }

        OptionRules.Positive(faults, nameof(options.RequestTimeout), options.RequestTimeout);
        OptionRules.Positive(faults, nameof(options.ConnectTimeout), options.ConnectTimeout);
        OptionRules.Positive(faults, nameof(options.MaxRetryDelay), options.MaxRetryDelay);
        OptionRules.Between(faults, nameof(options.MaxRetries), options.MaxRetries, 0, 10);
        if (options.WildcardHost is { } wildcard && !IsHostPattern(wildcard))
        {
            faults.Add($"WildcardHost '{wildcard}' must be a host pattern that begins with its only '*', for example *.apps.example.com.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    // A port may follow; what stands for the star must make a legal host name.
    private static bool IsHostPattern(string text) =>
        text.StartsWith('*')
        && text.IndexOf('*', 1) < 0
        && Uri.CheckHostName(text.Replace("*", "x", StringComparison.Ordinal).Split(':')[0]) == UriHostNameType.Dns;
}
