using Horreum.Client.Models;
using Microsoft.Extensions.Options;

namespace Horreum.Client;

/// <summary>Names every fault of the settings in one message.</summary>
internal sealed class HorreumContractOptionsValidator : IValidateOptions<HorreumContractOptions>
{
    private const int LeastKeyLength = 16;
    private const long LargestPayload = 1L << 31;

    public ValidateOptionsResult Validate(string? name, HorreumContractOptions options)
    {
        List<string> faults = [];
        if (!Enum.IsDefined(options.Naming))
        {
            faults.Add($"Naming is {options.Naming}: it must be {nameof(ContractNaming.CamelCase)} or {nameof(ContractNaming.SnakeCase)}.");
        }

        if (options.DefaultTimeRange is { } range && (range <= TimeSpan.Zero || range > TimeSpan.FromDays(36_500)))
        {
            faults.Add($"DefaultTimeRange is {range}: it must be longer than nothing and at most 100 years, or null for all time.");
        }

        if (options.DefaultPageSize is < 1 or > HorreumContractOptions.MaxPageSize)
        {
            faults.Add($"DefaultPageSize is {options.DefaultPageSize}: it must be 1 to {HorreumContractOptions.MaxPageSize}.");
        }

        if (options.MaxPayloadBytes is < 1024 or > LargestPayload)
        {
            faults.Add($"MaxPayloadBytes is {options.MaxPayloadBytes}: it must be 1024 to {LargestPayload}.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone ?? "", out _))
        {
            faults.Add($"TimeZone is '{options.TimeZone}': it must be the name of a time zone, for example UTC or Europe/Berlin.");
        }

        if (options.PageTokenKey is { Length: < LeastKeyLength })
        {
            faults.Add($"PageTokenKey has fewer than {LeastKeyLength} characters.");
        }

        if (options.NameCacheDuration < TimeSpan.Zero || options.NameCacheDuration > TimeSpan.FromDays(1))
        {
            faults.Add($"NameCacheDuration is {options.NameCacheDuration}: it must be zero to one day.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail("Horreum contract: " + string.Join(" ", faults));
    }
}
