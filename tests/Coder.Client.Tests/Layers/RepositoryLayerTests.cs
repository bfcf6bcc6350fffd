using Coder.Client.Clients;
using Coder.Client.Clients.Wire;
using Coder.Client.Repositories;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace Coder.Client.Tests.Layers;

/// <summary>Repositories alone, over a substituted client.</summary>
public sealed class RepositoryLayerTests
{
    private readonly ICoderClient _coder = Substitute.For<ICoderClient>();
    private readonly IWorkspaceClient _workspaces = Substitute.For<IWorkspaceClient>();

    public RepositoryLayerTests() => _coder.Workspaces.Returns(_workspaces);

    [Fact]
    public async Task ReadAsync_FirstPageEmptyOfMany_FollowsTheCount()
    {
        Answer(0, 0);
        Answer(100, 60);
        Answer(200, 57);

        IReadOnlyList<Workspace> all = await Pages().ReadAsync("owner:me", CancellationToken.None);

        all.Should().HaveCount(117);
        await _workspaces.Received(3).GetPageAsync("owner:me", 100, Arg.Any<int>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task ReadAsync_TwoRowsOfAHundred_CostsOneCallMore()
    {
        Workspace[] visible = [new() { Id = Guid.NewGuid() }, new() { Id = Guid.NewGuid() }];
        _workspaces.GetPageAsync("q", 100, 0, Arg.Any<CancellationToken>()).Returns(new WorkspacePage { Workspaces = visible, Count = 257 });
        _workspaces.GetPageAsync("q", 2, 2, Arg.Any<CancellationToken>()).Returns(new WorkspacePage { Workspaces = [visible[1]], Count = 257 });
        Answer(100, 1, "q");
        Answer(200, 1, "q");

        (await Pages().ReadAsync("q", CancellationToken.None)).Should().HaveCount(4);

        _workspaces.ReceivedCalls().Should().HaveCount(4);
    }

    private void Answer(int offset, int rows, string query = "owner:me") => _workspaces.GetPageAsync(query, 100, offset, Arg.Any<CancellationToken>())
        .Returns(new WorkspacePage { Workspaces = [.. Enumerable.Range(0, rows).Select(_ => new Workspace { Id = Guid.NewGuid() })], Count = 257 });

    private WorkspacePages Pages() => new(_coder, Options.Create(new FleetOptions()));
}
