using Microsoft.Extensions.Options;

namespace McpOptimizer.Core;

/// <summary>Checks the attributes of all settings without reflection.</summary>
[OptionsValidator]
internal sealed partial class McpOptimizerAttributeValidator : IValidateOptions<McpOptimizerOptions>;
