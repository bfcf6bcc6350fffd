using Fleet.Metadata.Models;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata;

/// <summary>What attributes cannot say about the options. Every fault is named at once.</summary>
internal sealed class FleetMetadataOptionsRules : IValidateOptions<FleetMetadataOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, FleetMetadataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> faults = [];
        CheckTime(faults, nameof(options.Deadline), options.Deadline, Shortest, Longest);
        CheckTime(faults, nameof(options.GitDeadline), options.GitDeadline, Shortest, Longest);
        CheckTime(faults, nameof(options.ForgeDeadline), options.ForgeDeadline, TimeSpan.Zero, Longest);
        CheckTime(faults, nameof(options.ForgeRequestTimeout), options.ForgeRequestTimeout, Shortest, Longest);
        CheckTime(faults, nameof(options.ForgeMaxAge), options.ForgeMaxAge, TimeSpan.Zero, TimeSpan.FromDays(1));
        CheckTime(faults, nameof(options.ForgeStaleLimit), options.ForgeStaleLimit, TimeSpan.Zero, TimeSpan.FromDays(1));
        CheckTime(faults, nameof(options.TaskfileDeadline), options.TaskfileDeadline, Shortest, Longest);
        CheckTime(faults, nameof(options.CoalescingWindow), options.CoalescingWindow, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        if (options.Taskfile is { } taskfile && !Path.IsPathFullyQualified(taskfile))
        {
            faults.Add($"Taskfile is '{taskfile}', but must be an absolute path: a relative one would depend on where the server was started");
        }

        foreach (ForgeHost forge in options.Forges)
        {
            CheckForge(faults, forge);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckTime(List<string> faults, string name, TimeSpan value, TimeSpan min, TimeSpan max)
    {
        if (value < min || value > max)
        {
            faults.Add($"{name} is {value}, but must be from {min} to {max}");
        }
    }

    private static void CheckForge(List<string> faults, ForgeHost forge)
    {
        if (Uri.CheckHostName(forge.Host) == UriHostNameType.Unknown)
        {
            faults.Add($"Forges has the host '{forge.Host}', but a host is a bare name such as git.example.com");
        }

        if (!Enum.IsDefined(forge.Kind))
        {
            faults.Add($"Forges has the kind {forge.Kind} for '{forge.Host}', but the kinds are {string.Join(" and ", Enum.GetNames<ForgeKind>())}");
        }

        if (forge.ApiAddress is { } address && !IsAcceptable(address))
        {
            faults.Add(
                $"Forges has the API address '{ShownAddress.Of(address)}' for '{forge.Host}', but it must be absolute and https (http on loopback only), " +
                "so that a token is never sent in the clear");
        }
    }

    private static bool IsAcceptable(Uri address) =>
        address.IsAbsoluteUri
        && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
