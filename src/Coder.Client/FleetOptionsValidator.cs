using Coder.Client.Models;
using Microsoft.Extensions.Options;

namespace Coder.Client;

internal sealed class FleetOptionsValidator : IValidateOptions<FleetOptions>
{
    public ValidateOptionsResult Validate(string? name, FleetOptions options)
    {
        List<string> faults = [];
        if (!Services.OwnerRules.IsLegal(options.Owner ?? ""))
        {
            faults.Add($"Owner '{options.Owner}' must be a user name, 'me', or '*' for all.");
        }

        if (options.CodingAppSlugs.Concat(options.MetadataAppSlugs).Any(string.IsNullOrWhiteSpace))
        {
            faults.Add("CodingAppSlugs and MetadataAppSlugs must not hold empty names.");
        }

        if (!Enum.IsDefined(options.Interrupt))
        {
            faults.Add($"Interrupt '{options.Interrupt}' must be {nameof(InterruptKey.Escape)} or {nameof(InterruptKey.ControlC)}.");
        }

        OptionRules.Between(faults, nameof(options.PageSize), options.PageSize, 1, 1000);
        OptionRules.Between(faults, nameof(options.Parallelism), options.Parallelism, 1, 64);
        OptionRules.Between(faults, nameof(options.MetadataParallelism), options.MetadataParallelism, 1, 1000);
        OptionRules.Between(faults, nameof(options.LogEntryCharacters), options.LogEntryCharacters, 100, 1_000_000);
        OptionRules.Positive(faults, nameof(options.MetadataTimeout), options.MetadataTimeout);
        OptionRules.Positive(faults, nameof(options.MetadataBudget), options.MetadataBudget);
        OptionRules.Positive(faults, nameof(options.BuildTimeout), options.BuildTimeout);
        OptionRules.Positive(faults, nameof(options.CancelTimeout), options.CancelTimeout);
        OptionRules.Positive(faults, nameof(options.PollInterval), options.PollInterval);
        if (options.MaxPollInterval < options.PollInterval)
        {
            faults.Add($"MaxPollInterval {options.MaxPollInterval} must not be shorter than PollInterval {options.PollInterval}.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
