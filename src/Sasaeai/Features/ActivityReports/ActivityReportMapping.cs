using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sasaeai.Features.ActivityReports;

public class ActivityReportMapping : IEntityTypeConfiguration<ActivityReport>
{
    public void Configure(EntityTypeBuilder<ActivityReport> builder) => builder.Property(report => report.Version).IsConcurrencyToken();
}
