using Microsoft.Extensions.Options;

namespace ToolHive.Client.Configuration;

/// <summary>The rules that concern more than one setting.</summary>
internal sealed class ToolHiveClientOptionsRules : IValidateOptions<ToolHiveClientOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    public ValidateOptionsResult Validate(string? name, ToolHiveClientOptions options)
    {
        ValidateOptionsResultBuilder faults = new();
        if (options.BaseAddress is { } address && !(address.IsAbsoluteUri && address.Scheme is "http" or "https" && address.UserInfo.Length == 0))
        {
            faults.AddError($"'{(address.IsAbsoluteUri ? address.GetLeftPart(UriPartial.Authority).Split('@')[^1] : address)}' must be an absolute http or https address without user name", nameof(options.BaseAddress));
        }

        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
        {
            faults.AddError($"'{options.Host}' must be a host name or an IP address, without scheme and port", nameof(options.Host));
        }

        CheckRange(faults, nameof(options.ProbeTimeout), options.ProbeTimeout, TimeSpan.FromSeconds(30));
        CheckRange(faults, nameof(options.RequestTimeout), options.RequestTimeout, TimeSpan.FromHours(1));
        CheckRange(faults, nameof(options.LongRequestTimeout), options.LongRequestTimeout, TimeSpan.FromHours(1));
        CheckRange(faults, nameof(options.InitialBackoff), options.InitialBackoff, TimeSpan.FromMinutes(1));
        CheckRange(faults, nameof(options.MaxBackoff), options.MaxBackoff, TimeSpan.FromHours(1));
        CheckRange(faults, nameof(options.WatchInterval), options.WatchInterval, TimeSpan.FromHours(1));
        if (options.ScanEndPort < options.ScanStartPort)
        {
            faults.AddError($"{options.ScanEndPort} must not be below ScanStartPort ({options.ScanStartPort})", nameof(options.ScanEndPort));
        }

        if (options.MaxBackoff < options.InitialBackoff)
        {
            faults.AddError($"{options.MaxBackoff} must not be below InitialBackoff ({options.InitialBackoff})", nameof(options.MaxBackoff));
        }

        if (options.MaxRetryDuration < TimeSpan.Zero && options.MaxRetryDuration != Timeout.InfiniteTimeSpan)
        {
            faults.AddError($"{options.MaxRetryDuration} must be zero, positive, or Timeout.InfiniteTimeSpan (-00:00:00.001)", nameof(options.MaxRetryDuration));
        }

        if (options is { BaseAddress: null, Port: null, UseDiscoveryFile: false, UsePortScan: false })
        {
            faults.AddError("with neither BaseAddress, Port, UseDiscoveryFile nor UsePortScan there is no way to find ToolHive: give one", nameof(options.BaseAddress));
        }

        return faults.Build();
    }

    private static void CheckRange(ValidateOptionsResultBuilder faults, string name, TimeSpan value, TimeSpan longest)
    {
        if (value < Shortest || value > longest)
        {
            faults.AddError($"{value} must be from {Shortest} to {longest}", name);
        }
    }
}
