using System.Diagnostics;
using System.Net;
using Shared.Testing;
using Shared.ToolHive;
using ToolHive.Client.Clients.Discovery;
using ToolHive.Client.Tests.Support;

namespace ToolHive.Client.Tests.Discovery;

public sealed class EndpointDiscoveryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string DiscoveryPath => _folder.Combine("toolhive", "server", "server.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetAddressAsync_PortConfigured_TriesItBeforeTheFile()
    {
        await using FakeToolHive other = await FakeToolHive.StartAsync();
        other.WriteDiscoveryFile(DiscoveryPath);
        FakeToolHive wanted = await FakeToolHive.StartAsync();
        await using ToolHiveFixture toolHive = WithFile(wanted, options => options.Port = wanted.Port);

        (await toolHive.Client.System.GetAddressAsync()).Port.Should().Be(wanted.Port);
        other.Journal.Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task GetAddressAsync_PortDead_UsesTheFile()
    {
        FakeToolHive fake = await FakeToolHive.StartAsync();
        fake.WriteDiscoveryFile(DiscoveryPath);
        await using ToolHiveFixture toolHive = WithFile(fake, options => options.Port = 1);

        (await toolHive.Client.System.GetAddressAsync()).Port.Should().Be(fake.Port);
    }

    [Fact]
    public async Task GetAddressAsync_BaseAddressDead_TriesNothingElse()
    {
        FakeToolHive fake = await FakeToolHive.StartAsync();
        fake.WriteDiscoveryFile(DiscoveryPath);
        await using ToolHiveFixture toolHive = WithFile(fake, options =>
        {
            options.BaseAddress = new Uri("http://127.0.0.1:1/");
            options.MaxAttempts = 1;
        });

        Func<Task> list = () => toolHive.Client.Workloads.ListAsync();

        (await list.Should().ThrowAsync<ToolHiveUnavailableException>()).WithMessage(
            "No ToolHive found: http://127.0.0.1:1/ refused the connection. Start it with*");
        fake.Journal.Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task GetAddressAsync_WrongNonce_FallsBackToTheScan()
    {
        await using FakeToolHive impostor = await FakeToolHive.StartAsync();
        impostor.WriteDiscoveryFile(DiscoveryPath, nonce: "not-mine");
        FakeToolHive fake = await FakeToolHive.StartAsync();
        await using ToolHiveFixture toolHive = WithFile(fake, options => Scan(options, fake.Port, fake.Port));

        (await toolHive.Client.System.GetAddressAsync()).Port.Should().Be(fake.Port);
        impostor.Journal.Entries.Select(entry => entry.Path).Should().Equal("/health");
    }

    [Theory]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("http://example.com")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public void ParseUrl_NotLoopbackHttpSocketOrPipe_IsRefused(string url) => DiscoveryFileReader.ParseUrl(url).Should().BeNull();

    [Theory]
    [InlineData("npipe:////./pipe/thv", "thv")]
    [InlineData("npipe://thv-api", "thv-api")]
    public void ParseUrl_NamedPipe_KeepsItsName(string url, string name) => DiscoveryFileReader.ParseUrl(url)!.PipeName.Should().Be(name);

    [Fact]
    public async Task ReadAsync_SymbolicLink_IsRefused()
    {
        await using FakeToolHive fake = await FakeToolHive.StartAsync();
        fake.WriteDiscoveryFile(_folder.Combine("real.json"));
        Directory.CreateDirectory(Path.GetDirectoryName(DiscoveryPath)!);
        File.CreateSymbolicLink(DiscoveryPath, _folder.Combine("real.json"));

        (await DiscoveryFileReader.ReadAsync(DiscoveryPath, CancellationToken.None)).Reason.Should().Contain("symbolic link");
    }

    [Fact]
    public async Task ReadAsync_FolderIsASymbolicLink_IsRefused()
    {
        await using FakeToolHive fake = await FakeToolHive.StartAsync();
        fake.WriteDiscoveryFile(_folder.Combine("real", "server.json"));
        Directory.CreateSymbolicLink(_folder.Combine("linked"), _folder.Combine("real"));

        (await DiscoveryFileReader.ReadAsync(_folder.Combine("linked", "server.json"), CancellationToken.None)).Reason.Should().Contain("symbolic link");
    }

    [Fact]
    public async Task ReadAsync_WritableByOthers_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using FakeToolHive fake = await FakeToolHive.StartAsync();
        fake.WriteDiscoveryFile(DiscoveryPath);
        File.SetUnixFileMode(DiscoveryPath, UnixFileMode.UserRead | UnixFileMode.OtherWrite);

        (await DiscoveryFileReader.ReadAsync(DiscoveryPath, CancellationToken.None)).Reason.Should().Contain("written by other users");
    }

    [Fact]
    public async Task ReadAsync_ForeignOwner_IsRefused()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return; // only root can give a file away
        }

        await using FakeToolHive fake = await FakeToolHive.StartAsync();
        fake.WriteDiscoveryFile(DiscoveryPath);
        using (Process chown = Process.Start("chown", ["65534", DiscoveryPath]))
        {
            await chown.WaitForExitAsync();
        }

        (await DiscoveryFileReader.ReadAsync(DiscoveryPath, CancellationToken.None)).Reason.Should().Contain("another user");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"url":"http://127.0.0.1:1"}""")]
    [InlineData("""{"url":["x"],"nonce":"a"}""")]
    public async Task ReadAsync_BrokenContent_SaysWhy(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(DiscoveryPath)!);
        await File.WriteAllTextAsync(DiscoveryPath, content);

        (ToolHiveEndpoint? endpoint, _, string? reason) = await DiscoveryFileReader.ReadAsync(DiscoveryPath, CancellationToken.None);

        endpoint.Should().BeNull();
        reason.Should().StartWith($"discovery file {DiscoveryPath}");
    }

    [Fact]
    public async Task GetAddressAsync_SeveralInTheScan_TakesTheHighestVersion()
    {
        (FakeToolHive[] fakes, int first) = await StartRangeAsync(4);
        (fakes[0].Version, fakes[1].Version, fakes[2].Version, fakes[3].Version) = ("v0.9.1", "v0.44.0", "build-7c3a", "v0.44.0-rc.1");
        await using ToolHiveFixture toolHive = WithFile(fakes[1], options => Scan(options, first, first + 3));

        (await toolHive.Client.System.GetAddressAsync()).Port.Should().Be(fakes[1].Port);

        foreach (FakeToolHive fake in fakes)
        {
            await fake.DisposeAsync();
        }
    }

    [Fact]
    public async Task GetAddressAsync_ScanMeetsOtherServers_IgnoresThem()
    {
        (FakeToolHive[] fakes, int first) = await StartRangeAsync(3);
        fakes[0].Faults.Add(FaultKind.Html);
        fakes[2].Faults.Add(FaultKind.Hang);
        await using ToolHiveFixture toolHive = WithFile(fakes[1], options => Scan(options, first, first + 2));

        (await toolHive.Client.System.GetAddressAsync()).Port.Should().Be(fakes[1].Port);

        await fakes[0].DisposeAsync();
        await fakes[2].DisposeAsync();
    }

    [Fact]
    public async Task ListAsync_FoundByScan_DoesNotGetTheToken()
    {
        FakeToolHive fake = await FakeToolHive.StartAsync();
        await using ToolHiveFixture toolHive = WithFile(fake, options =>
        {
            Scan(options, fake.Port, fake.Port);
            options.BearerToken = "top-secret-token";
        });

        await toolHive.Client.Workloads.ListAsync();

        fake.Journal.Entries.Should().OnlyContain(entry => !entry.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task ListAsync_UnixSocketInTheFile_IsUsed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string socket = _folder.Combine("thv.sock");
        FakeToolHive fake = await FakeToolHive.StartAsync(socketPath: socket);
        fake.AddWorkload("time");
        fake.WriteDiscoveryFile(DiscoveryPath, url: "unix://" + socket);
        await using ToolHiveFixture toolHive = WithFile(fake, _ => { });

        (await toolHive.Client.Workloads.ListAsync()).Items.Should().ContainSingle();
        fake.Journal.Entries.Should().OnlyContain(entry => entry.Headers["Host"] == "localhost");
    }

    [Theory]
    [InlineData("v0.44.0", "v0.9.0", 1)]
    [InlineData("0.44.0", "v0.44.0", 0)]
    [InlineData("v1.0.0-rc.2", "v1.0.0", -1)]
    [InlineData("v1.0.0-rc.10", "v1.0.0-rc.9", 1)]
    [InlineData("build-7c3a", "v0.0.1", -1)]
    [InlineData(null, "v0.0.1", -1)]
    public void Compare_Versions_FollowsSemanticOrder(string? a, string? b, int order) => Math.Sign(ServerVersion.Comparer.Compare(a, b)).Should().Be(order);

    private ToolHiveFixture WithFile(FakeToolHive fake, Action<ToolHiveClientOptions> configure) => ToolHiveFixture.Create(fake, options =>
    {
        options.Host = IPAddress.Loopback.ToString();
        options.UseDiscoveryFile = true;
        options.DiscoveryFilePath = DiscoveryPath;
        configure(options);
    });

    private static void Scan(ToolHiveClientOptions options, int first, int last)
    {
        options.UsePortScan = true;
        (options.ScanStartPort, options.ScanEndPort) = (first, last);
    }

    private static async Task<(FakeToolHive[] Fakes, int First)> StartRangeAsync(int count)
    {
        for (int attempt = 0; ; attempt++)
        {
            List<FakeToolHive> fakes = [];
            int first = Random.Shared.Next(20000, 30000);
            try
            {
                for (int i = 0; i < count; i++)
                {
                    fakes.Add(await FakeToolHive.StartAsync(first + i));
                }

                return ([.. fakes], first);
            }
            catch (IOException) when (attempt < 20)
            {
                foreach (FakeToolHive fake in fakes)
                {
                    await fake.DisposeAsync();
                }
            }
        }
    }
}
