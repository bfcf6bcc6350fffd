namespace McpOptimizer.Core.Models.Doctor;

/// <summary>How far an examination is.</summary>
/// <param name="Step">What is being done, for people.</param>
/// <param name="Done">How many are done.</param>
/// <param name="Total">Of how many.</param>
public sealed record DoctorProgress(string Step, int Done, int Total);
