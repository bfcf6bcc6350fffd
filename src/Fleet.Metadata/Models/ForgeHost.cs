namespace Fleet.Metadata.Models;

/// <summary>
/// A forge that may be asked for pull or merge requests. Hosts that are not listed are never contacted: the address of a remote is data from the repository.
/// A class and not a record, so that nothing prints the token by accident.
/// </summary>
public sealed class ForgeHost
{
    /// <summary>Host name as it stands in remote addresses, such as <c>git.example.com</c>; without scheme and port.</summary>
    public string Host { get; set; } = "";

    /// <summary>The API it speaks.</summary>
    public ForgeKind Kind { get; set; }

    /// <summary>Root of the API. Null: <c>https://HOST/api/v3</c> for GitHub, <c>https://HOST/api/v4</c> for GitLab.</summary>
    public Uri? ApiAddress { get; set; }

    /// <summary>Token sent to this host and no other; null asks without one.</summary>
    public string? Token { get; set; }
}
