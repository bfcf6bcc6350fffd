using System.Text;
using Shared.Kubernetes;
using Shared.Testing;
using ToolHive.Client.Clients.Kubernetes;
using ToolHive.Client.Tests.Support;

namespace ToolHive.Client.Tests.Kubernetes;

public sealed class KubeconfigTests
{
    [Fact]
    public async Task ListAsync_ClientCertificateAsData_SignsIn()
    {
        await using ClusterFixture cluster = await WithKubeconfigAsync(fake =>
        {
            (string certificate, string key, _) = fake.Authority.IssueClient("alice");
            return $"client-certificate-data: {Base64(certificate)}\n    client-key-data: {Base64(key)}";
        });
        cluster.Fake.WantsClientCertificate = true;
        cluster.Fake.ApplyServer("a");

        (await cluster.Directory.ListAsync()).Workloads.Should().ContainSingle();
    }

    [Fact]
    public async Task ListAsync_NoClientCertificate_IsRefused()
    {
        await using ClusterFixture cluster = await WithKubeconfigAsync(_ => "token: good");
        cluster.Fake.WantsClientCertificate = true;

        await cluster.Directory.Invoking(directory => directory.ListAsync()).Should().ThrowAsync<ToolHiveApiException>();
    }

    [Fact]
    public async Task ListAsync_Token_SignsIn()
    {
        await using ClusterFixture cluster = await WithKubeconfigAsync(_ => "token: good");
        cluster.Fake.Tokens.Add("good");

        (await cluster.Directory.ListAsync()).IsComplete.Should().BeTrue();
    }

    [Fact]
    public async Task ListAsync_ExecPlugin_IsAskedOnceAndAgainWhenRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the plugin is a shell script
        }

        await using ClusterFixture cluster = await WithKubeconfigAsync(_ =>
            "exec:\n      apiVersion: client.authentication.k8s.io/v1\n      command: ./plugin.sh\n      args: [first]\n      env:\n      - name: PREFIX\n        value: tok\n      interactiveMode: Never");
        string runs = cluster.Folder.Combine("runs");
        string plugin = cluster.Folder.Combine("plugin.sh");
        await File.WriteAllTextAsync(
            plugin,
            $$$"""
            #!/bin/sh
            echo "$1 $KUBERNETES_EXEC_INFO" >> {{{runs}}}
            n=$(wc -l < {{{runs}}} | tr -d ' ')
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$PREFIX-$n'"}}'
            """.ReplaceLineEndings("\n"));
        File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        cluster.Fake.Tokens.Add("tok-1");

        await cluster.Directory.ListAsync();
        await cluster.Directory.ListAsync();
        (await File.ReadAllLinesAsync(runs)).Should().ContainSingle().Which.Should().StartWith("first {").And.Contain("ExecCredential");
        cluster.Fake.Tokens.Clear();
        cluster.Fake.Tokens.Add("tok-2");
        (await cluster.Directory.ListAsync()).IsComplete.Should().BeTrue();

        (await File.ReadAllLinesAsync(runs)).Should().HaveCount(2, "four lists at once ask for one new token");
    }

    [Fact]
    public async Task ListAsync_ExecPluginMissing_SaysWhichAndTheHint()
    {
        await using ClusterFixture cluster = await WithKubeconfigAsync(
            _ => "exec:\n      command: no-such-plugin\n      installHint: Install it from example.com.");

        await cluster.Directory.Invoking(directory => directory.ListAsync()).Should().ThrowAsync<ToolHiveUnavailableException>()
            .WithMessage("The credential plugin 'no-such-plugin' cannot be started. Install it from example.com.");
    }

    [Fact]
    public async Task ListAsync_TlsServerName_ReplacesTheHostInTheCheck()
    {
        await using FakeKubernetes fake = await FakeKubernetes.StartAsync(serverName: "kubernetes.internal");
        await using ClusterFixture right = await WithKubeconfigAsync(_ => "token: x", "tls-server-name: kubernetes.internal", fake);
        (await right.Directory.ListAsync()).IsComplete.Should().BeTrue();

        await using FakeKubernetes another = await FakeKubernetes.StartAsync(serverName: "kubernetes.internal");
        await using ClusterFixture wrong = await WithKubeconfigAsync(_ => "token: x", "tls-server-name: elsewhere", another);
        await wrong.Directory.Invoking(directory => directory.ListAsync()).Should().ThrowAsync<ToolHiveUnavailableException>();
    }

    [Fact]
    public void Read_SeveralFiles_FirstEntryWins()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Combine("a"), "current-context: one\ncontexts:\n- name: one\n  context: {cluster: c, user: u}\n");
        File.WriteAllText(
            folder.Combine("b"), """{"clusters":[{"name":"c","cluster":{"server":"https://b:6443","proxy-url":"http://proxy:3128"}}],"users":[{"name":"u","user":{"tokenFile":"token"}}],"current-context":"other"}""");

        KubeconfigContext context = KubeconfigReader.Read([folder.Combine("a"), folder.Combine("b")], null);

        context.Should().BeEquivalentTo(
            new { Name = "one", Server = new Uri("https://b:6443"), Proxy = new Uri("http://proxy:3128"), TokenFile = folder.Combine("token") });
    }

    [Theory]
    [InlineData("a: [", "is not YAML at line")]
    [InlineData("current-context: x\n? &a [*a]\n: x", "is not YAML at line 2, column 3: a key is a list")]
    [InlineData("current-context: &a { b: *a }", "is not YAML at line 1")]
    [InlineData("text", "is no kubeconfig")]
    [InlineData("{}", "names no current-context; set Context")]
    [InlineData("current-context: x", "has no context 'x'")]
    [InlineData(
        "current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'nowhere'}}]", "no http or https address")]
    [InlineData(
        "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://s'}}]\nusers: [{name: u, user: {username: a, password: b}}]", "by auth-provider or password")]
    [InlineData(
        "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://s', certificate-authority-data: '%%'}}]", "'certificate-authority' that cannot be read")]
    public void Read_Unusable_SaysWhy(string content, string why)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Combine("config"), content);

        Func<object> read = () => KubeconfigReader.Read([folder.Combine("config")], null);

        read.Should().Throw<ToolHiveUnavailableException>().WithMessage($"The kubeconfig {folder.Combine("config")} *{why}*");
    }

    private static async Task<ClusterFixture> WithKubeconfigAsync(Func<FakeKubernetes, string> user, string cluster = "", FakeKubernetes? fake = null) =>
        await ClusterFixture.StartAsync(
        (options, fixture) =>
        {
            options.ApiServer = null;
            options.MaxAttempts = 1;
            options.KubeconfigPath = fixture.Folder.Combine("config");
            File.WriteAllText(
                options.KubeconfigPath,
                $"""
                apiVersion: v1
                kind: Config
                current-context: test
                contexts:
                - name: test
                  context:
                    cluster: local
                    user: me
                clusters:
                - name: local
                  cluster:
                    server: {fixture.Fake.Address}
                    certificate-authority-data: {Base64(fixture.Fake.Authority.Pem)}
                    {cluster}
                users:
                - name: me
                  user:
                    {user(fixture.Fake)}
                """);
        },
        fake);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
