using Horreum.Client.Models;

namespace Horreum.Client.Services;

/// <summary>Says what this source can do.</summary>
public interface ISourceService
{
    /// <summary>Capabilities and limits, as the settings make them.</summary>
    SourceDescription Describe();
}
