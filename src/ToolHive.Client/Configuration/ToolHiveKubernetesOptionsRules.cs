using Microsoft.Extensions.Options;

namespace ToolHive.Client.Configuration;

/// <summary>The rules that annotations cannot state.</summary>
internal sealed class ToolHiveKubernetesOptionsRules : IValidateOptions<ToolHiveKubernetesOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    public ValidateOptionsResult Validate(string? name, ToolHiveKubernetesOptions options)
    {
        ValidateOptionsResultBuilder faults = new();
        if (options.ApiServer is { } address && !(address.IsAbsoluteUri && address.Scheme is "http" or "https"))
        {
            faults.AddError($"'{address}' must be an absolute http or https address", nameof(options.ApiServer));
        }

        if (options.KubeconfigPath is { } path && !File.Exists(path))
        {
            faults.AddError($"'{path}' does not exist", nameof(options.KubeconfigPath));
        }

        foreach (string illegal in options.Namespaces.Where(candidate => !IsNamespace(candidate)))
        {
            faults.AddError($"'{illegal}' must be a namespace: 1 to 63 lower-case letters, digits and hyphens, not at the ends", nameof(options.Namespaces));
        }

        CheckRange(faults, nameof(options.RequestTimeout), options.RequestTimeout, TimeSpan.FromMinutes(10));
        CheckRange(faults, nameof(options.WatchTimeout), options.WatchTimeout, TimeSpan.FromHours(1));
        CheckRange(faults, nameof(options.InitialBackoff), options.InitialBackoff, TimeSpan.FromMinutes(1));
        CheckRange(faults, nameof(options.MaxBackoff), options.MaxBackoff, TimeSpan.FromHours(1));
        CheckRange(faults, nameof(options.ExecTimeout), options.ExecTimeout, TimeSpan.FromMinutes(10));
        if (options.MaxBackoff < options.InitialBackoff)
        {
            faults.AddError($"{options.MaxBackoff} must not be below InitialBackoff ({options.InitialBackoff})", nameof(options.MaxBackoff));
        }

        if (options.ChangeDelay < TimeSpan.Zero || options.ChangeDelay > TimeSpan.FromSeconds(10))
        {
            faults.AddError($"{options.ChangeDelay} must be from 0 to 10 s", nameof(options.ChangeDelay));
        }

        return faults.Build();
    }

    private static bool IsNamespace(string name) =>
        name is { Length: > 0 and <= 63 } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && name[0] != '-' && name[^1] != '-';

    private static void CheckRange(ValidateOptionsResultBuilder faults, string name, TimeSpan value, TimeSpan longest)
    {
        if (value < Shortest || value > longest)
        {
            faults.AddError($"{value} must be from {Shortest} to {longest}", name);
        }
    }
}
