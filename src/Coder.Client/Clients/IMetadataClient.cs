using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>Reads the metadata application of a workspace.</summary>
internal interface IMetadataClient
{
    Task<MetadataResponse> GetAsync(Uri app, CancellationToken cancellationToken);
}
