using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Trust;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core;

/// <summary>Checks what the attributes cannot say; every fault in one message.</summary>
internal sealed class McpOptimizerOptionsValidator : IValidateOptions<McpOptimizerOptions>
{
    public ValidateOptionsResult Validate(string? name, McpOptimizerOptions options)
    {
        List<string> faults = [];
        IngestionSettings ingestion = options.Ingestion;
        Check(ingestion.WorkloadPollingInterval, TimeSpan.Zero, TimeSpan.FromSeconds(300), "Ingestion:WorkloadPollingInterval", faults);
        Check(ingestion.RegistryPollingInterval, TimeSpan.Zero, TimeSpan.FromDays(1), "Ingestion:RegistryPollingInterval", faults);
        Check(ingestion.RegistryHeadStart, TimeSpan.Zero, TimeSpan.FromSeconds(300), "Ingestion:RegistryHeadStart", faults);
        Check(ingestion.StartupWait, TimeSpan.Zero, TimeSpan.FromSeconds(60), "Ingestion:StartupWait", faults);
        Check(options.Enrichment.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "Enrichment:Timeout", faults);
        faults.AddRange(options.Audit.FindFaults("Audit"));
        faults.AddRange(options.Backends.FindFaults("Backends"));
        faults.AddRange(options.Responses.FindFaults("Responses"));
        Check(options.Trust.RefreshInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5), "Trust:RefreshInterval", faults);
        CheckPolicy(options.Trust.Policy, "Trust:Policy", faults);
        Check(options.Trust.ObservationRetention, TimeSpan.FromHours(1), TimeSpan.FromDays(3_653), "Trust:ObservationRetention", faults);
        foreach ((string server, TrustServerSettings rule) in options.Trust.Servers)
        {
            CheckPolicy(rule.Policy ?? TrustPolicy.Pin, $"Trust:Servers:{server}:Policy", faults);
            if (!Enum.IsDefined(rule.Additions))
            {
                faults.Add($"Trust:Servers:{server}:Additions is {rule.Additions}; allowed are {string.Join(", ", Enum.GetNames<TrustAdditions>())}.");
            }
        }

        foreach ((string profile, ProfileSettings settings) in options.Profiles)
        {
            CheckLimit(settings.CallsPerMinute, 1_000_000, $"Profiles:{profile}:CallsPerMinute", faults);
            CheckLimit(settings.MaxConcurrentCalls, 10_000, $"Profiles:{profile}:MaxConcurrentCalls", faults);
            if (settings.BelieveHintsOf.Count > 0 && !settings.ReadOnly)
            {
                faults.Add($"Profiles:{profile}:BelieveHintsOf restricts nothing without Profiles:{profile}:ReadOnly; set that too, or remove it.");
            }
        }

        CheckSubjects(options, faults);

        Check(options.Store.BusyTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5), "Store:BusyTimeout", faults);
        if (string.IsNullOrWhiteSpace(options.Store.DatabasePath))
        {
            faults.Add("Store:DatabasePath is empty; give the path of a file.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckSubjects(McpOptimizerOptions options, List<string> faults)
    {
        foreach (IGrouping<string, string> subject in options.Profiles
            .SelectMany(profile => profile.Value.Subjects.Distinct(StringComparer.Ordinal).Select(subject => (subject, profile.Key)))
            .GroupBy(bound => bound.subject, bound => bound.Key, StringComparer.Ordinal)
            .Where(profiles => profiles.Count() > 1))
        {
            faults.Add($"The subject '{VisibleText.Shorten(subject.Key)}' is in Subjects of {string.Join(" and ", subject.Order(StringComparer.Ordinal))}; it can have one profile.");
        }

        if (options.DefaultProfile is { } name && !options.Profiles.ContainsKey(name))
        {
            faults.Add($"DefaultProfile is '{VisibleText.Shorten(name)}', but there is no such profile.{NearestName.Hint(name, options.Profiles.Keys)}");
        }
    }

    private static void CheckPolicy(TrustPolicy policy, string setting, List<string> faults)
    {
        if (!Enum.IsDefined(policy))
        {
            faults.Add($"{setting} is {policy}; allowed are {string.Join(", ", Enum.GetNames<TrustPolicy>())}.");
        }
    }

    private static void CheckLimit(int? value, int most, string setting, List<string> faults)
    {
        if (value < 1 || value > most)
        {
            faults.Add($"{setting} is {value}; allowed is 1 to {most}, or nothing for no limit.");
        }
    }

    private static void Check(TimeSpan value, TimeSpan min, TimeSpan max, string setting, List<string> faults)
    {
        if (value < min || value > max)
        {
            faults.Add($"{setting} is {value}; allowed is {min} to {max}.");
        }
    }
}
