using System.Globalization;

namespace Horreum.Client;

/// <summary>
/// Horreum's answer is larger than <see cref="HorreumClientOptions.MaxResponseBytes"/>, or than the tools may pass on
/// (<see cref="HorreumContractOptions.MaxPayloadBytes"/>). The rest of it was not read.
/// </summary>
public sealed class HorreumResponseTooLargeException : HttpRequestException
{
    internal HorreumResponseTooLargeException(long limit)
        : base(HttpRequestError.ConfigurationLimitExceeded, string.Create(CultureInfo.InvariantCulture, $"Horreum's answer is larger than {limit} bytes."))
    {
        Limit = limit;
    }

    /// <summary>Most bytes that are read.</summary>
    public long Limit { get; }
}
