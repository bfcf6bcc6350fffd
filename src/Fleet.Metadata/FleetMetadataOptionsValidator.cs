using Microsoft.Extensions.Options;

namespace Fleet.Metadata;

/// <summary>What the attributes of the options say.</summary>
[OptionsValidator]
internal sealed partial class FleetMetadataOptionsValidator : IValidateOptions<FleetMetadataOptions>;
