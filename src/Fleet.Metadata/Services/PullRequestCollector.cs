using Fleet.Metadata.Models;
using Fleet.Metadata.Repositories;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Services;

/// <summary>The pull or merge request of the branch.</summary>
internal sealed class PullRequestCollector(GitRepository git, PullRequestRepository requests, IOptions<FleetMetadataOptions> options) : IMetadataCollector
{
    private static readonly string[] StateWords = ["open", "closed", "merged"];

    public string Name => "pull-request";

    public TimeSpan Deadline => options.Value.Deadline;

    public async Task CollectAsync(MetadataSink sink, CancellationToken cancellationToken = default)
    {
        if (!options.Value.ForgeEnabled || git.ReadHead() is not { } head)
        {
            return;
        }

        GitConfiguration configuration;
        try
        {
            head = await git.CompleteAsync(head, cancellationToken).ConfigureAwait(false);
            configuration = await git.ReadConfigurationAsync(head.IsDetached ? head.OperationBranch : head.Branch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The git collector says the same.
            return;
        }

        // Waiting ends before the collector's time does, so that the last answer can still be reported.
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.ForgeDeadline < Deadline ? options.Value.ForgeDeadline : Deadline * 0.9);
        if (await requests.FindAsync(head, configuration, patience.Token).ConfigureAwait(false) is not { } finding)
        {
            return;
        }

        if (finding.Fault is { } fault)
        {
            sink.AddFault(fault);
        }

        if (finding.Kind == ForgeKind.GitHub)
        {
            sink.SetText("github_repo_name", finding.Repository, "Repository on GitHub, owner and name");
            Put(sink, "github_pr", "pull request", finding);
        }
        else
        {
            sink.SetText("gitlab_project_name", finding.Repository, "Project on GitLab, with its groups");
            Put(sink, "gitlab_mr", "merge request", finding);
        }
    }

    private static void Put(MetadataSink sink, string prefix, string what, PullRequestFinding finding)
    {
        if (finding.PullRequest is { } request)
        {
            sink.SetNumber($"{prefix}_number", request.Number, $"Number of the branch's {what}", includeInList: true);
            sink.SetChoice($"{prefix}_status", StateWords[(int)request.State], StateWords, $"State of the branch's {what}");
            sink.SetText($"{prefix}_title", request.Title, $"Title of the branch's {what}");
            sink.SetText($"{prefix}_url", request.Url, $"Web address of the branch's {what}");
        }

        double? seconds = finding.Age is { } age ? Math.Round(age.TotalSeconds, 1) : null;
        sink.SetNumber($"{prefix}_age_seconds", seconds, $"How long ago the forge confirmed what is said about the {what}");
    }
}
