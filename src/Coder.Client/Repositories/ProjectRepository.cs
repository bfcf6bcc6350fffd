using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coder.Client.Repositories;

/// <summary>Projects and their roles, as Coder's templates and presets keep them.</summary>
internal sealed partial class ProjectRepository(
    ICoderClient coder, PresetCatalog presets, IOptions<FleetOptions> options, ILogger<ProjectRepository> logger)
{
    private const int LongestReason = 500;

    private readonly FleetOptions _options = options.Value;
    private readonly VersionCache<IReadOnlyList<RichParameter>> _parameters = new((version, token) => coder.Templates.ListParametersAsync(version, token));

    /// <summary>All templates from which agents can be made.</summary>
    public async Task<IReadOnlyList<Project>> ListAsync(CancellationToken cancellationToken = default)
    {
        Task<HashSet<Guid>> taskTemplates = FindTaskTemplatesAsync(cancellationToken);
        Template[] templates = await ReadTemplatesAsync(cancellationToken).ConfigureAwait(false);
        HashSet<Guid> withTasks = await taskTemplates.ConfigureAwait(false);
        Project?[] projects = new Project?[templates.Length];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, templates.Length), parallel, async (index, token) =>
        {
            projects[index] = await JudgeAsync(templates[index], withTasks.Contains(templates[index].Id), token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return [.. projects.OfType<Project>()];
    }

    /// <summary>All templates with a display name, whether agents can be made from them or not.</summary>
    public async Task<IReadOnlyList<Project>> ListTemplatesAsync(CancellationToken cancellationToken = default) =>
        [.. (await ReadTemplatesAsync(cancellationToken).ConfigureAwait(false)).Select(template => Map(template, false, null))];

    /// <summary>The roles of a project's active version.</summary>
    public async Task<IReadOnlyList<Role>> ListRolesAsync(Project project, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Preset> found = await presets.GetAsync(project.ActiveVersionId, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(preset => new Role(preset.Id, preset.Name!, project.Id, project.Name, preset.Default))];
    }

    private async Task<Template[]> ReadTemplatesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Template> templates = await coder.Templates.ListAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. templates.Where(template => template is { DisplayName.Length: > 0 } && template.Id != Guid.Empty).OrderBy(template => template.Deprecated)];
    }

    // From Coder 2.28 on the prompt is no parameter any more, so the template itself must be known as one for tasks.
    private async Task<HashSet<Guid>> FindTaskTemplatesAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<Template> templates = await coder.Templates.ListAsync("has-ai-task:true", cancellationToken).ConfigureAwait(false);
            return [.. templates.Where(template => template is not null).Select(template => template.Id)];
        }
        catch (CoderValidationException)
        {
            // A server without tasks does not know the term.
            return [];
        }
    }

    private async Task<Project?> JudgeAsync(Template template, bool isTaskTemplate, CancellationToken cancellationToken)
    {
        IReadOnlyList<RichParameter> parameters;
        try
        {
            parameters = await _parameters.GetAsync(template.ActiveVersionId, cancellationToken).ConfigureAwait(false);
        }
        catch (CoderApiException e) when (e is CoderNotFoundException or CoderGoneException)
        {
            // Any other failure fails the call: fewer projects than there are would be a wrong answer without a sign.
            Skipped(logger, template.Id, e.Message);
            return null;
        }

        string? prompt = Find(parameters, "ai");
        bool hasSystemPrompt = Find(parameters, "system") is not null;
        bool usable = (prompt is not null || isTaskTemplate) && (hasSystemPrompt || !_options.RequireSystemPrompt);
        return usable ? Map(template, isTaskTemplate, prompt) : null;
    }

    private static string? Find(IReadOnlyList<RichParameter> parameters, string word) => parameters
        .Where(parameter => parameter is { Name: not null })
        .Select(parameter => parameter.Name!)
        .FirstOrDefault(name => name.Contains(word, StringComparison.OrdinalIgnoreCase) && name.Contains("prompt", StringComparison.OrdinalIgnoreCase));

    private static Project Map(Template template, bool isTaskTemplate, string? prompt) => new()
    {
        Id = template.Id,
        Name = template.DisplayName!,
        TemplateName = template.Name ?? "",
        Organization = template.OrganizationName ?? "",
        Deprecation = template.Deprecated ? TerminalText.Fit(template.DeprecationMessage, LongestReason) ?? "" : null,
        Description = template.Description,
        ActiveVersionId = template.ActiveVersionId,
        IsTaskTemplate = isTaskTemplate,
        PromptParameter = prompt,
    };

    [LoggerMessage(EventId = 12, Level = LogLevel.Warning, Message = "The parameters of template {TemplateId} cannot be read: {Reason}")]
    private static partial void Skipped(ILogger logger, Guid templateId, string reason);
}
