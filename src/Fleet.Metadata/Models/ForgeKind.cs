namespace Fleet.Metadata.Models;

/// <summary>Which API a forge speaks.</summary>
public enum ForgeKind
{
    /// <summary>GitHub, on github.com or an Enterprise server.</summary>
    GitHub,

    /// <summary>GitLab, on gitlab.com or self-managed.</summary>
    GitLab,
}
