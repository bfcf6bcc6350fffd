using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Every known server, those that do not run or did not start included.</summary>
public interface IServerStandingService
{
    /// <summary>Servers by name, as far as the caller's scope shows them. Reasons and connections are told to administrators only.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="OptimizerStoreException">The store cannot be read.</exception>
    Task<IReadOnlyList<ServerStanding>> ListAsync(CallerIdentity caller, CancellationToken cancellationToken = default);
}
