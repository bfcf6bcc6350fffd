using McpOptimizer.Core.Models.Learning;

namespace McpOptimizer.Server.Api;

/// <summary>The answer of <c>GET /api/learning</c>.</summary>
internal sealed record LearningBody(IReadOnlyList<LearningProfile> Profiles);
