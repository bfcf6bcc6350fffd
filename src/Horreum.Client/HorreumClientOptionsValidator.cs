using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Horreum.Client;

/// <summary>Names every fault of the settings in one message.</summary>
internal sealed class HorreumClientOptionsValidator : IValidateOptions<HorreumClientOptions>
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, HorreumClientOptions options)
    {
        List<string> faults = [];
        CheckAddress(options.BaseAddress, faults);
        CheckCredential(options, faults);
        CheckCaFile(options.TlsCaFile, faults);
        CheckTime(nameof(options.Timeout), options.Timeout, TimeSpan.FromMilliseconds(1), faults);
        CheckTime(nameof(options.MaxQueueTime), options.MaxQueueTime, TimeSpan.Zero, faults);
        CheckTime(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(1), faults);
        CheckTime(nameof(options.MaxRetryDelay), options.MaxRetryDelay, TimeSpan.FromMilliseconds(1), faults);
        if (options.RequestsPerSecond is < 1 or > 100_000)
        {
            faults.Add($"RequestsPerSecond is {options.RequestsPerSecond}: it must be 1 to 100000, or null for no limit.");
        }

        if (options.MaxRetries is < 0 or > 10)
        {
            faults.Add($"MaxRetries is {options.MaxRetries}: it must be 0 to 10.");
        }

        if (options.MaxResponseBytes is < 1024)
        {
            faults.Add($"MaxResponseBytes is {options.MaxResponseBytes}: it must be bytes, at least 1024, or null for no limit.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail("Horreum: " + string.Join(" ", faults));
    }

    private static void CheckAddress(Uri? address, List<string> faults)
    {
        if (address is null)
        {
            faults.Add("BaseAddress is missing: it must be an absolute http or https address, for example https://horreum.example.com.");
        }
        else if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            faults.Add($"BaseAddress is '{ShownAddress.Of(address)}': it must be an absolute http or https address.");
        }
        else if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            faults.Add("BaseAddress must hold no user name, query or fragment.");
        }
    }

    private static void CheckCredential(HorreumClientOptions options, List<string> faults)
    {
        int kinds = (string.IsNullOrEmpty(options.ApiKey) ? 0 : 1)
            + (string.IsNullOrEmpty(options.BearerToken) ? 0 : 1)
            + (string.IsNullOrEmpty(options.UserName) ? 0 : 1);
        if (kinds > 1)
        {
            faults.Add("More than one of ApiKey, BearerToken and UserName is set: choose one.");
        }

        if (string.IsNullOrEmpty(options.UserName) != string.IsNullOrEmpty(options.Password))
        {
            faults.Add("UserName and Password must be set together.");
        }

        foreach ((string setting, string? value) in new[] { ("ApiKey", options.ApiKey), ("BearerToken", options.BearerToken) })
        {
            if (value is not null && value.AsSpan().ContainsAnyExceptInRange('\u0021', '\u007e'))
            {
                faults.Add($"{setting} holds a blank, a control character or a letter outside of ASCII, which no header can carry.");
            }
        }
    }

    private static void CheckCaFile(string? file, List<string> faults)
    {
        if (string.IsNullOrEmpty(file))
        {
            return;
        }

        if (!File.Exists(file))
        {
            faults.Add($"TlsCaFile is '{file}': there is no such file.");
            return;
        }

        try
        {
            X509Certificate2Collection certificates = [];
            certificates.ImportFromPemFile(file);
            if (certificates.Count == 0)
            {
                faults.Add($"TlsCaFile is '{file}': it holds no PEM certificate.");
            }
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"TlsCaFile is '{file}': it cannot be read ({e.Message}).");
        }
    }

    private static void CheckTime(string setting, TimeSpan value, TimeSpan least, List<string> faults)
    {
        if (value < least || value > LongestTime)
        {
            faults.Add($"{setting} is {value} (days.hours:minutes:seconds): it must be {least} to {LongestTime}.");
        }
    }
}
