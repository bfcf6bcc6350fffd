using McpOptimizer.PostgreSql.Clients;
using Npgsql;

namespace McpOptimizer.PostgreSql.Tests.Store;

public sealed class PostgreSqlAddressTests
{
    [Xunit.Theory]
    [InlineData("Host=db;Database=opt;Username=me;Password=geheim", "db:5432/opt")]
    [InlineData("postgres://me:geheim@db/opt", "db:5432/opt")]
    [InlineData("postgresql://me:geheim@db:6543/opt?sslmode=verify-full", "db:6543/opt")]
    [InlineData("postgres://me@db/opt?password=geheim", "db:5432/opt")]
    [InlineData("Host=/var/run/postgresql;Database=opt;Password=geheim", "/var/run/postgresql/opt")]
    [InlineData("postgres:///opt?host=/var/run/postgresql&password=geheim", "/var/run/postgresql/opt")]
    public void Read_BothForms_ShowsNoPassword(string text, string shown)
    {
        PostgreSqlAddress address = PostgreSqlAddress.Read(text, "one");

        address.ToString().Should().Be(shown);
        new NpgsqlConnectionStringBuilder(address.Text).Password.Should().Be("geheim");
    }

    [Xunit.Fact]
    public void Read_Url_TakesEscapedNamesAndParameters()
    {
        NpgsqlConnectionStringBuilder builder = new(PostgreSqlAddress.Read("postgres://me%40corp:p%3Aw%2Fd@db/opt%20imizer?sslmode=require&search_path=mcp&pool_size=3", "one").Text);

        builder.Username.Should().Be("me@corp");
        builder.Password.Should().Be("p:w/d");
        builder.Database.Should().Be("opt imizer");
        builder.SslMode.Should().Be(SslMode.Require);
        builder.SearchPath.Should().Be("mcp");
        builder.MaxPoolSize.Should().Be(3);
    }

    [Xunit.Fact]
    public void Read_SeveralHosts_WantsTheOneThatTakesWrites() =>
        new NpgsqlConnectionStringBuilder(PostgreSqlAddress.Read("Host=a,b;Database=opt", "one").Text).TargetSessionAttributes.Should().Be("read-write");

    [Xunit.Theory]
    [InlineData("Host=db;Passwrd=geheim")]
    [InlineData("Password=ge;heim")]
    [InlineData("geheim")]
    [InlineData("Database=opt;Password=geheim")]
    [InlineData("mysql://me:geheim@db/opt")]
    [InlineData("postgres://me:geheim@db:notaport/opt")]
    [InlineData("postgres://me:geheim@db/opt?sslmode=perhaps")]
    [InlineData("postgres://me:geheim@db/opt?sslmod=require")]
    public void Read_WhatItCannotBe_IsASentenceWithoutThePassword(string text) =>
        FluentActions.Invoking(() => PostgreSqlAddress.Read(text, "one")).Should().Throw<ArgumentException>().Which.ToString().Should().Contain("PostgreSQL").And.NotContain("heim");
}
