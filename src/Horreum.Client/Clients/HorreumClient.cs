namespace Horreum.Client.Clients;

internal sealed class HorreumClient(HorreumTransport transport) : IHorreumClient
{
    public ITestClient Tests { get; } = new TestClient(transport);

    public IRunClient Runs { get; } = new RunClient(transport);

    public IDatasetClient Datasets { get; } = new DatasetClient(transport);

    public ISchemaClient Schemas { get; } = new SchemaClient(transport);

    public ILabelClient Labels { get; } = new LabelClient(transport);

    public ITransformerClient Transformers { get; } = new TransformerClient(transport);

    public IViewClient Views { get; } = new ViewClient(transport);

    public IAlertingClient Alerting { get; } = new AlertingClient(transport);

    public IExperimentClient Experiments { get; } = new ExperimentClient(transport);

    public IReportClient Reports { get; } = new ReportClient(transport);

    public IActionClient Actions { get; } = new ActionClient(transport);

    public INotificationClient Notifications { get; } = new NotificationClient(transport);

    public ISubscriptionClient Subscriptions { get; } = new SubscriptionClient(transport);

    public IUserClient Users { get; } = new UserClient(transport);

    public IConfigClient Config { get; } = new ConfigClient(transport);

    public IBannerClient Banner { get; } = new BannerClient(transport);

    public IChangesClient Changes { get; } = new ChangesClient(transport);

    public ILogClient Logs { get; } = new LogClient(transport);

    public ISqlClient Sql { get; } = new SqlClient(transport);
}
