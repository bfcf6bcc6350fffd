namespace Horreum.Client.Clients.Queries;

/// <summary>The optional parameters of a request; those left null are not sent.</summary>
public abstract record RequestQuery
{
    internal abstract void AddTo(RequestPath path);
}
