using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Doctor;

namespace McpOptimizer.Core.Services.Doctor;

/// <summary>Examines the catalogue a caller sees, offline: no backend is asked.</summary>
public interface IDoctorService
{
    /// <summary>
    /// Asks for every tool by its own purpose (the first sentence of its description without the tool's name; the name in words where there is none), looks at
    /// every definition, and measures what the suggested changes would do. Uses all processors; about a second for a thousand tools.
    /// </summary>
    /// <param name="caller">Whose catalogue.</param>
    /// <param name="progress">Told now and then, from any thread; null for nobody.</param>
    /// <param name="cancellationToken">Ends the examination.</param>
    Task<DoctorReport> ExamineAsync(CallerIdentity caller, IProgress<DoctorProgress>? progress = null, CancellationToken cancellationToken = default);
}
