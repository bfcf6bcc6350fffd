using Horreum.Client.Clients.Queries;
using Horreum.Client.Clients.Wire;

namespace Horreum.Client.Clients;

internal sealed class ReportClient(HorreumTransport transport) : IReportClient
{
    public Task<ReportComment> UpdateCommentAsync(int reportId, ReportComment comment, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/report/comment/{reportId}"),
            HttpBody.Json(comment, HorreumJsonContext.Default.ReportComment),
            HorreumJsonContext.Default.ReportComment,
            cancellationToken);

    public Task<AllTableReports> ListAsync(ReportListQuery? query = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/report/table").Add(query), HorreumJsonContext.Default.AllTableReports, cancellationToken);

    public Task<TableReport> SaveConfigAsync(TableReportConfig config, int? edit = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/report/table/config").Add("edit", edit),
            HttpBody.Json(config, HorreumJsonContext.Default.TableReportConfig),
            HorreumJsonContext.Default.TableReport,
            cancellationToken);

    public Task ImportConfigAsync(TableReportConfig config, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/report/table/config/import"),
            HttpBody.Json(config, HorreumJsonContext.Default.TableReportConfig),
            cancellationToken);

    public Task<TableReportConfig> GetConfigAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/report/table/config/{id}"),
            HorreumJsonContext.Default.TableReportConfig,
            cancellationToken);

    public Task<TableReportConfig> ExportConfigAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Get,
            RequestPath.Create($"api/report/table/config/{id}/export"),
            HorreumJsonContext.Default.TableReportConfig,
            cancellationToken);

    public Task<TableReport> PreviewAsync(TableReportConfig config, int? edit = null, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(
            HttpMethod.Post,
            RequestPath.Create($"api/report/table/preview").Add("edit", edit),
            HttpBody.Json(config, HorreumJsonContext.Default.TableReportConfig),
            HorreumJsonContext.Default.TableReport,
            cancellationToken);

    public Task<TableReport> GetAsync(int id, CancellationToken cancellationToken = default) =>
        transport.ReadAsync(HttpMethod.Get, RequestPath.Create($"api/report/table/{id}"), HorreumJsonContext.Default.TableReport, cancellationToken);

    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, RequestPath.Create($"api/report/table/{id}"), cancellationToken);
}
