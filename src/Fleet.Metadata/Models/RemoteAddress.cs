namespace Fleet.Metadata.Models;

/// <summary>Where a remote points, taken apart.</summary>
/// <param name="Host">Lower case, without user and port.</param>
/// <param name="Path">Such as <c>owner/repo</c>, without <c>.git</c>.</param>
internal sealed record RemoteAddress(string Host, string Path);
