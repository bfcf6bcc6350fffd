using Microsoft.Extensions.Options;

namespace ToolHive.Client.Configuration;

/// <summary>The rules that the annotations state, checked without reflection.</summary>
[OptionsValidator]
internal sealed partial class ToolHiveClientOptionsValidator : IValidateOptions<ToolHiveClientOptions>;
