using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>Finds the project that a name means. Display names are unique nowhere, names of templates within an organization only.</summary>
internal static class ProjectChoice
{
    public static Project Pick(string name, string? organization, IReadOnlyList<Project> known)
    {
        string wanted = name.Trim();
        IReadOnlyList<Project> within = Within(organization, known);
        Project[] matching = Match(within, project => project.Name, wanted) is { Length: > 0 } named
            ? named
            : Match(within, project => project.TemplateName, wanted);
        return matching switch
        {
            [] => throw Faults.NotFound("project", name, $"Project '{VisibleText.Shorten(name)}' not found{In(organization)}.", within.Select(project => project.Name).Distinct()),
            [Project only] => only,
            _ when matching.Where(project => project.Deprecation is null).ToArray() is [Project current] => current,
            _ => throw Ambiguous(name, matching),
        };
    }

    private static Project[] Match(IReadOnlyList<Project> known, Func<Project, string> text, string wanted) =>
        [.. known.Where(project => text(project).Equals(wanted, StringComparison.OrdinalIgnoreCase))];

    private static IReadOnlyList<Project> Within(string? organization, IReadOnlyList<Project> known)
    {
        if (string.IsNullOrWhiteSpace(organization))
        {
            return known;
        }

        Project[] within = Match(known, project => project.Organization, organization.Trim());
        return within.Length > 0
            ? within
            : throw Faults.NotFound(
                "organization",
                organization,
                $"Organization '{VisibleText.Shorten(organization)}' has no projects, or is not visible.",
                known.Select(project => project.Organization).Where(one => one.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase));
    }

    private static string In(string? organization) => string.IsNullOrWhiteSpace(organization) ? "" : $" in organization '{VisibleText.Shorten(organization)}'";

    private static FleetException Ambiguous(string name, Project[] matching)
    {
        bool sameOrganization = matching.Select(project => project.Organization).Distinct(StringComparer.OrdinalIgnoreCase).Count() < matching.Length;
        string how = sameOrganization ? "Give the template's name as project instead" : "Give the organization too";
        string choices = Faults.List([.. matching.Select(project => $"'{project.TemplateName}' in organization '{project.Organization}'")]);
        return Faults.Invalid("project", name, $"{matching.Length} projects are called '{VisibleText.Shorten(name)}': the templates {choices}. {how}.");
    }
}
