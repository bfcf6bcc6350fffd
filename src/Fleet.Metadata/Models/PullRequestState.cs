namespace Fleet.Metadata.Models;

internal enum PullRequestState
{
    Open,
    Closed,
    Merged,
}
