namespace Coder.Client.Models;

/// <summary>A preset of a project: what kind of agent it makes.</summary>
/// <param name="Id">Id of the preset; differs from version to version of the project.</param>
/// <param name="Name">Name of the role.</param>
/// <param name="ProjectId">Id of the project.</param>
/// <param name="ProjectName">Name of the project.</param>
/// <param name="IsDefault">Whether it is the preset that Coder marks as default.</param>
public sealed record Role(Guid Id, string Name, Guid ProjectId, string ProjectName, bool IsDefault);
